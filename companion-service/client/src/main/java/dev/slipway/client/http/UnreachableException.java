package dev.slipway.client.http;

import java.io.IOException;

/** The companion gave no answer at all. */
public final class UnreachableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreachableException(String message, IOException cause) {
        super(message, cause);
    }
}
