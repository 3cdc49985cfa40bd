package dev.slipway.server.releases;

import java.util.regex.Pattern;

/** A package name with {@code *} for any text and {@code ?} for any character. */
record NamePattern(String text, Pattern compiled) {

    static NamePattern of(String text) {
        var regex = new StringBuilder();
        for (char c : text.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return new NamePattern(text, Pattern.compile(regex.toString()));
    }

    boolean matches(String name) {
        return compiled.matcher(name).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
