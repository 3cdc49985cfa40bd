package dev.slipway.server.publications;

/** Metadata that was made is not what it should be, and must not be shown. */
final class InvalidMetadataException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidMetadataException(String message) {
        super(message);
    }
}
