package dev.slipway.api.builds;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What kind of thing a source's {@code git_ref} names. On the wire the number; names are accepted too. */
public enum RefType {
    BRANCH(1, "git_branch"),
    TAG(2, "git_tag"),
    /** The URL names a source RPM, no repository. */
    SRPM_URL(3, "srpm_url"),
    /** Branch, tag or commit: whichever the repository has. */
    ANY(4, "git_ref");

    private final int number;
    private final String word;

    RefType(int number, String word) {
        this.number = number;
        this.word = word;
    }

    @JsonValue
    public int number() {
        return number;
    }

    /** @throws IllegalArgumentException naming the values there are */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static RefType of(Object given) {
        for (RefType type : values()) {
            if (given.equals(type.number) || given.equals(type.word)) {
                return type;
            }
        }
        throw new IllegalArgumentException(
                "ref_type is 1 (git_branch), 2 (git_tag), 3 (srpm_url) or 4 (git_ref), not " + given);
    }
}
