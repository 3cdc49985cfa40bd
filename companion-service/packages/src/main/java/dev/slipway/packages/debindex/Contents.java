package dev.slipway.packages.debindex;

import dev.slipway.packages.deb.DebFile;
import dev.slipway.packages.deb.DebPackage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The {@code Contents} index: which package has which file. One fragment is made per package; an index merges fragments,
 * naming all packages that share a path in one line.
 */
public final class Contents {

    private Contents() {}

    /**
     * The fragment of one package: lines {@code <path without leading slash> TAB <section/name>}, sorted by path as bytes.
     * Directories are left out, as apt-ftparchive does.
     */
    public static byte[] fragment(DebPackage deb) {
        var location =
                deb.control().get("Section").map(section -> section + "/").orElse("") + deb.name();
        var text = new StringBuilder();
        deb.files().stream()
                .filter(file -> file.type() != DebFile.Type.DIRECTORY)
                .map(file -> file.path().substring(1))
                .map(path -> path.getBytes(StandardCharsets.UTF_8))
                .sorted(Arrays::compareUnsigned)
                .forEach(path -> text.append(new String(path, StandardCharsets.UTF_8))
                        .append('\t')
                        .append(location)
                        .append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Merges fragments to an index. Needs the memory of the fragments.
     *
     * @param out not closed
     */
    public static void merge(Collection<byte[]> fragments, OutputStream out) throws IOException {
        var queue = new PriorityQueue<Cursor>(
                Comparator.comparing(Cursor::path, Arrays::compareUnsigned).thenComparing(Cursor::order));
        for (var fragment : fragments) {
            var cursor = new Cursor(fragment, queue.size());
            if (cursor.next()) {
                queue.add(cursor);
            }
        }
        byte[] current = null;
        for (var cursor = queue.poll(); cursor != null; cursor = queue.poll()) {
            if (current == null || !Arrays.equals(current, cursor.path())) {
                if (current != null) {
                    out.write('\n');
                }
                current = cursor.path();
                out.write(current);
                out.write('\t');
            } else {
                out.write(',');
            }
            out.write(cursor.location());
            if (cursor.next()) {
                queue.add(cursor);
            }
        }
        if (current != null) {
            out.write('\n');
        }
    }

    /** A place in one fragment. */
    private static final class Cursor {
        private final byte[] fragment;
        private final int order;
        private int position;
        private byte[] path = new byte[0];
        private byte[] location = new byte[0];

        Cursor(byte[] fragment, int order) {
            this.fragment = fragment;
            this.order = order;
        }

        byte[] path() {
            return path;
        }

        byte[] location() {
            return location;
        }

        int order() {
            return order;
        }

        boolean next() {
            if (position >= fragment.length) {
                return false;
            }
            var end = find('\n', position);
            var tab = end;
            while (fragment[tab] != '\t') {
                tab--;
            }
            path = Arrays.copyOfRange(fragment, position, tab);
            location = Arrays.copyOfRange(fragment, tab + 1, end);
            position = end + 1;
            return true;
        }

        private int find(char wanted, int from) {
            var i = from;
            while (fragment[i] != wanted) {
                i++;
            }
            return i;
        }
    }
}
