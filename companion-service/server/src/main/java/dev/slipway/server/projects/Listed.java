package dev.slipway.server.projects;

import org.jspecify.annotations.Nullable;

/**
 * A repository as its catalogue lists it.
 *
 * @param changed what the list says of its last change; null when it says nothing, so that it has to be asked
 */
record Listed(String name, String cloneUrl, @Nullable String changed) {
    /** The last part of an address, without the customary ending. */
    static String nameOf(String cloneUrl) {
        String plain = cloneUrl.replaceAll("/+$", "");
        String last = plain.substring(plain.lastIndexOf('/') + 1);
        return last.endsWith(".git") ? last.substring(0, last.length() - ".git".length()) : last;
    }
}
