package dev.slipway.packages.deb;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.PackageFormatException.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The lists of files in control files: {@code Files}, {@code Checksums-Sha256} and kin, held against each other. */
final class FileLists {

    private static final int MOST = 10_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+.,_~:=@%-]{0,254}");
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,18}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final Stanza stanza;
    private final String what;

    /** @param what names the file in messages */
    FileLists(Stanza stanza, String what) {
        this.stanza = stanza;
        this.what = what;
    }

    /**
     * The files with their SHA-256, which must be there.
     *
     * @throws PackageFormatException also when another list names other files or sizes: readers differ in which list
     *     they take
     */
    List<SourceFile> read() throws PackageFormatException {
        var files = new LinkedHashMap<String, SourceFile>();
        var lines = stanza.list("Checksums-Sha256");
        if (lines.isEmpty()) {
            throw malformed("has no list Checksums-Sha256");
        }
        if (lines.size() > MOST) {
            throw new PackageFormatException(Reason.TOO_LARGE, what + " names more than " + MOST + " files");
        }
        for (var line : lines) {
            var words = words(line, 3, "Checksums-Sha256");
            if (!SHA256.matcher(words[0]).matches()) {
                throw malformed("has a malformed digest in Checksums-Sha256");
            }
            var file = new SourceFile(words[2], size(words[1]), words[0]);
            if (files.put(file.name(), file) != null) {
                throw malformed("names the file " + file.name() + " twice");
            }
        }
        compare("Checksums-Sha1", files);
        compare("Files", files);
        return List.copyOf(files.values());
    }

    private void compare(String field, Map<String, SourceFile> files) throws PackageFormatException {
        if (stanza.field(field).isEmpty()) {
            return;
        }
        Set<String> named = new HashSet<>();
        for (var line : stanza.list(field)) {
            var words = words(line, 3, field);
            var name = words[words.length - 1];
            var file = Optional.ofNullable(files.get(name))
                    .orElseThrow(() -> malformed("names " + name + " in " + field + " but not in Checksums-Sha256"));
            if (file.size() != size(words[1]) || !named.add(name)) {
                throw malformed("contradicts itself about the file " + name);
            }
        }
        if (named.size() != files.size()) {
            throw malformed("lists fewer files in " + field + " than in Checksums-Sha256");
        }
    }

    /** The words of a line; the last is the file's name. */
    private String[] words(String line, int least, String field) throws PackageFormatException {
        var words = line.split("[ \t]+", -1);
        if (words.length < least) {
            throw malformed("has a malformed line in " + field);
        }
        var name = words[words.length - 1];
        if (!NAME.matcher(name).matches()) {
            throw new PackageFormatException(
                    Reason.UNSAFE_PATH, what + " names the file '" + name + "', which is no plain file name");
        }
        return words;
    }

    private long size(String digits) throws PackageFormatException {
        if (!SIZE.matcher(digits).matches()) {
            throw malformed("has a size that is not a number");
        }
        return Long.parseLong(digits);
    }

    static List<String> words(Stanza stanza, String field) {
        var words = new ArrayList<String>();
        for (var word : stanza.get(field).orElse("").split("[ \t,]+", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return List.copyOf(words);
    }

    private PackageFormatException malformed(String fault) {
        return new PackageFormatException(Reason.MALFORMED, what + " " + fault);
    }
}
