package dev.slipway.server.channels;

import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** What a request asks for below the path of a handler. */
final class RequestPath {

    private static final int LONGEST = 2000;

    private RequestPath() {}

    /** The decoded rest of the path; nothing for one that can be no name of ours. */
    static Optional<String> below(String root, Request request) {
        String path = request.getHttpURI().getDecodedPath();
        if (path == null
                || !path.startsWith(root)
                || path.length() > LONGEST
                || path.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        return Optional.of(path.substring(root.length()));
    }
}
