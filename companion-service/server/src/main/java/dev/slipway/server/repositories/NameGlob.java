package dev.slipway.server.repositories;

/**
 * A pattern of package names as in a shell: {@code *} any text, {@code ?} any character, {@code [a-c]} and {@code [!a-c]} one
 * character of a class. A bracket that is never closed stands for itself. Takes time of at most pattern times name,
 * whatever the pattern.
 *
 * @param pattern the text
 */
public record NameGlob(String pattern) {

    /** Whether the whole name is one that the pattern stands for. */
    public boolean matches(String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int resumeAt = 0;
        while (n < name.length()) {
            int width = p < pattern.length() && pattern.charAt(p) != '*' ? widthIfMatches(p, name.charAt(n)) : 0;
            if (width > 0) {
                p += width;
                n++;
            } else if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resumeAt = n;
            } else if (star >= 0) {
                p = star + 1;
                n = ++resumeAt;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** How many characters of the pattern at {@code p} stand for {@code c}; 0 when they don't. */
    private int widthIfMatches(int p, char c) {
        char symbol = pattern.charAt(p);
        int end = symbol == '[' ? pattern.indexOf(']', p + 2) : -1;
        if (end > 0) {
            return classHolds(pattern.substring(p + 1, end), c) ? end + 1 - p : 0;
        }
        return symbol == '?' || symbol == c ? 1 : 0;
    }

    private static boolean classHolds(String members, char c) {
        boolean negated = members.length() > 1 && (members.charAt(0) == '!' || members.charAt(0) == '^');
        int i = negated ? 1 : 0;
        boolean found = false;
        while (i < members.length() && !found) {
            boolean range = i + 2 < members.length() && members.charAt(i + 1) == '-';
            char last = range ? members.charAt(i + 2) : members.charAt(i);
            found = members.charAt(i) <= c && c <= last;
            i += range ? 3 : 1;
        }
        return found != negated;
    }
}
