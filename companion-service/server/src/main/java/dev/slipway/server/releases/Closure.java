package dev.slipway.server.releases;

import java.util.List;

interface Closure {
    void check(List<Planned> planned, Findings findings);
}
