package dev.slipway.server.channels;

import dev.slipway.server.http.ProblemException;

/** What a caller is told when nothing can be served under a name. */
final class ChannelProblems {

    private ChannelProblems() {}

    static ProblemException badPath(String path) {
        return ProblemException.unprocessable(
                "'" + path + "' cannot be a channel: its parts, separated by single slashes, "
                        + "start with a letter or digit and hold letters, digits and . _ + ~ - only");
    }

    static ProblemException taken(String path, String taken) {
        return ProblemException.alreadyExists("channel", taken).with("wanted", path);
    }
}
