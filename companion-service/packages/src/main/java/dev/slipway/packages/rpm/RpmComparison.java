package dev.slipway.packages.rpm;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Compares two packages of the same identity by what they mean to whoever installs them: files, dependencies, scriptlets and
 * texts. What differs between any two builds, such as times, hosts and how the payload is packed, is passed over; what a
 * file holds is compared by the digests of the headers.
 */
public final class RpmComparison {
    private static final int MOST = 50;
    private static final int FILEDIGESTS = 1035;
    private static final int FILEUSERNAME = 1039;
    private static final int FILEGROUPNAME = 1040;
    private static final int FILECAPS = 5010;

    /** What the files of two packages are held against each other by. */
    private static final Map<Integer, String> OF_FILES = Map.of(
            FILEDIGESTS,
            "content",
            Tag.FILEMODES,
            "mode",
            Tag.FILELINKTOS,
            "target",
            Tag.FILEFLAGS,
            "flags",
            FILEUSERNAME,
            "owner",
            FILEGROUPNAME,
            "group",
            FILECAPS,
            "capabilities");

    /** Tags that are compared: texts, and the scriptlets with their interpreters. */
    private static final Map<Integer, String> PLAIN = Map.ofEntries(
            Map.entry(Tag.SUMMARY, "the summary"),
            Map.entry(Tag.DESCRIPTION, "the description"),
            Map.entry(Tag.LICENSE, "the licence"),
            Map.entry(Tag.URL, "the URL"),
            Map.entry(Tag.SOURCERPM, "the source package"),
            Map.entry(1023, "the script before installation"),
            Map.entry(1024, "the script after installation"),
            Map.entry(1025, "the script before removal"),
            Map.entry(1026, "the script after removal"),
            Map.entry(1151, "the script before the transaction"),
            Map.entry(1152, "the script after the transaction"),
            Map.entry(1065, "the trigger scripts"),
            Map.entry(1066, "the names of triggers"),
            Map.entry(5066, "the file trigger scripts"),
            Map.entry(5096, "the module"));

    private final RpmHeader one;
    private final RpmHeader other;
    private final List<String> differences = new ArrayList<>();

    private RpmComparison(RpmHeader one, RpmHeader other) {
        this.one = one;
        this.other = other;
    }

    /**
     * How the second package differs from the first, one line for each difference, of which the first fifty are told.
     *
     * @throws IOException when one of them is no package or cannot be read
     */
    public static List<String> differences(Path first, Path second) throws IOException {
        RpmComparison comparison = new RpmComparison(header(first), header(second));
        comparison.files();
        comparison.dependencies(RpmReader.readHeaders(first), RpmReader.readHeaders(second));
        comparison.plain();
        List<String> all = comparison.differences;
        return all.size() <= MOST
                ? List.copyOf(all)
                : Stream.concat(all.stream().limit(MOST), Stream.of("and " + (all.size() - MOST) + " more"))
                        .toList();
    }

    private static RpmHeader header(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return RpmHeaders.read(in, RpmLimits.DEFAULT).main();
        }
    }

    private void files() throws IOException {
        Map<String, Integer> here = places(one);
        Map<String, Integer> there = places(other);
        Set<String> paths = new TreeSet<>(here.keySet());
        paths.addAll(there.keySet());
        for (String path : paths) {
            Integer first = here.get(path);
            Integer second = there.get(path);
            if (first == null || second == null) {
                differences.add(path + " is in the " + (first == null ? "second" : "first") + " alone");
            } else {
                file(path, first, second);
            }
        }
    }

    private static Map<String, Integer> places(RpmHeader header) throws IOException {
        boolean source = !header.has(Tag.SOURCERPM);
        RpmFiles files = RpmFiles.of(header, source, RpmLimits.DEFAULT);
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < files.size(); i++) {
            places.put(files.get(i).path(), i);
        }
        return places;
    }

    private void file(String path, int first, int second) {
        OF_FILES.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .filter(each -> !Arrays.equals(value(one, each.getKey(), first), value(other, each.getKey(), second)))
                .forEach(each -> differences.add(path + " has another " + each.getValue()));
    }

    /** The bytes of one value of a tag; empty without it. */
    private static byte[] value(RpmHeader header, int tag, int index) {
        RpmHeader.Entry entry = header.entries().get(tag);
        if (entry == null || index >= entry.count()) {
            return new byte[0];
        }
        if (entry.type() < RpmHeader.STRING) {
            int width = entry.length() / entry.count();
            int from = entry.from() + index * width;
            return Arrays.copyOfRange(header.bytes(), from, from + width);
        }
        int from = entry.from();
        for (int i = 0; i < index; i++) {
            from = end(header.bytes(), from) + 1;
        }
        return Arrays.copyOfRange(header.bytes(), from, end(header.bytes(), from));
    }

    private static int end(byte[] bytes, int from) {
        int end = from;
        while (bytes[end] != 0) {
            end++;
        }
        return end;
    }

    private void dependencies(RpmPackage first, RpmPackage second) {
        for (RpmDependency.Kind kind : RpmDependency.Kind.values()) {
            Set<String> here = texts(first.dependencies(kind));
            Set<String> there = texts(second.dependencies(kind));
            String word = kind.name().toLowerCase(Locale.ROOT);
            here.stream()
                    .filter(each -> !there.contains(each))
                    .forEach(each -> differences.add("the first alone " + word + " " + each));
            there.stream()
                    .filter(each -> !here.contains(each))
                    .forEach(each -> differences.add("the second alone " + word + " " + each));
        }
    }

    private static Set<String> texts(List<RpmDependency> dependencies) {
        Set<String> texts = new LinkedHashSet<>();
        dependencies.forEach(each -> texts.add(each.toString()));
        return texts;
    }

    private void plain() {
        PLAIN.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(each -> !Arrays.equals(whole(one, each.getKey()), whole(other, each.getKey())))
                .forEach(each -> differences.add(each.getValue() + " differs"));
    }

    private static byte[] whole(RpmHeader header, int tag) {
        RpmHeader.Entry entry = header.entries().get(tag);
        return entry == null
                ? new byte[0]
                : Arrays.copyOfRange(header.bytes(), entry.from(), entry.from() + entry.length());
    }
}
