package dev.slipway.worker.tools;

import java.util.List;

/** How a program ended and what it wrote to its standard output. */
public record Captured(Exit exit, String output) {
    public List<String> lines() {
        return output.lines().toList();
    }
}
