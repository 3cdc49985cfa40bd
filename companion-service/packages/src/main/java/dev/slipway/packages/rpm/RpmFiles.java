package dev.slipway.packages.rpm;

import static dev.slipway.packages.PackageFormatException.Reason.MALFORMED;
import static dev.slipway.packages.PackageFormatException.Reason.TOO_LARGE;
import static dev.slipway.packages.PackageFormatException.Reason.UNSAFE_PATH;
import static dev.slipway.packages.PackageFormatException.Reason.UNSUPPORTED;

import dev.slipway.packages.PackageFormatException;
import java.util.AbstractList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.RandomAccess;
import java.util.Set;

/**
 * The file list of a header, whose paths are put together when asked for: a directory is named once in the header, so the
 * paths of all files can be far larger than the header.
 */
final class RpmFiles extends AbstractList<RpmFile> implements RandomAccess {
    private static final int GHOST = 1 << 6;
    private static final int LONGEST_PATH = 4095;

    private final byte[] bytes;
    private final String[] directories;
    private final long[] directoryOf;
    private final int[] baseNames;
    private final long[] modes;
    private final long[] flags;
    private final long[] sizes;
    private final int[] links;
    private final long[] inodes;
    private final long[] devices;

    private RpmFiles(RpmHeader header, RpmLimits limits) throws PackageFormatException {
        if (header.has(Tag.OLDFILENAMES) && !header.has(Tag.BASENAMES)) {
            throw new PackageFormatException(
                    UNSUPPORTED, "the file list is in the form of rpm 3; build the package with a newer rpm");
        }
        bytes = header.bytes();
        RpmHeader.Entry names = header.entries().get(Tag.BASENAMES);
        int count = names == null ? 0 : names.count();
        if (count > limits.files()) {
            throw new PackageFormatException(
                    TOO_LARGE, "the package has " + count + " files; at most " + limits.files() + " are accepted");
        }
        baseNames = names == null ? new int[0] : header.stringOffsets(names);
        directories = header.strings(Tag.DIRNAMES).toArray(new String[0]);
        directoryOf = parallel(header, Tag.DIRINDEXES, count);
        modes = parallel(header, Tag.FILEMODES, count);
        flags = parallel(header, Tag.FILEFLAGS, count);
        sizes = parallel(header, header.has(Tag.LONGFILESIZES) ? Tag.LONGFILESIZES : Tag.FILESIZES, count);
        inodes = header.has(Tag.FILEINODES) ? parallel(header, Tag.FILEINODES, count) : new long[count];
        devices = header.has(Tag.FILEDEVICES) ? parallel(header, Tag.FILEDEVICES, count) : new long[count];
        RpmHeader.Entry targets = header.entries().get(Tag.FILELINKTOS);
        links = targets == null ? new int[count] : header.stringOffsets(targets);
        if (links.length != count) {
            throw new PackageFormatException(MALFORMED, "the file list has " + links.length + " link targets");
        }
    }

    /** The files that a header names, every path checked. */
    static RpmFiles of(RpmHeader header, boolean source, RpmLimits limits) throws PackageFormatException {
        RpmFiles files = new RpmFiles(header, limits);
        for (String directory : files.directories) {
            checkDirectory(directory, source);
        }
        long total = 0;
        for (int i = 0; i < files.size(); i++) {
            if (files.directoryOf[i] >= files.directories.length) {
                throw new PackageFormatException(MALFORMED, "the file list refers to a directory it does not name");
            }
            if (files.sizes[i] < 0) {
                throw new PackageFormatException(MALFORMED, "the file list holds a size that is too large");
            }
            String directory = files.directories[(int) files.directoryOf[i]];
            int length = directory.length() + files.length(files.baseNames[i]);
            if (length > LONGEST_PATH) {
                throw new PackageFormatException(UNSAFE_PATH, "the file list holds a path of " + length + " bytes");
            }
            total += length;
            if (total > limits.pathBytes()) {
                throw new PackageFormatException(
                        TOO_LARGE, "the file paths take more than " + limits.pathBytes() + " bytes");
            }
            files.checkBaseName(files.baseNames[i], directory);
        }
        return files;
    }

    @Override
    public RpmFile get(int index) {
        int mode = mode(index);
        RpmFile.Type type = RpmFile.Type.ofMode(mode);
        boolean linked = type == RpmFile.Type.SYMLINK && links[index] != 0;
        return new RpmFile(path(index), type, isGhost(index), mode, sizes[index], linked ? text(links[index]) : null);
    }

    @Override
    public int size() {
        return baseNames.length;
    }

    String path(int index) {
        return directories[(int) directoryOf[index]].concat(text(baseNames[index]));
    }

    int mode(int index) {
        return (int) modes[index] & 0xffff;
    }

    boolean isGhost(int index) {
        return (flags[index] & GHOST) != 0;
    }

    long size(int index) {
        return sizes[index];
    }

    /**
     * The regular files that are hard links to one further down the list. Archives hold the content of linked files once,
     * with the last of them.
     */
    BitSet linkedFurtherDown() {
        BitSet linked = new BitSet(size());
        Set<Long> seen = new HashSet<>();
        for (int i = size() - 1; i >= 0; i--) {
            boolean regular = RpmFile.Type.ofMode(mode(i)) == RpmFile.Type.FILE && !isGhost(i);
            if (regular && inodes[i] != 0 && !seen.add((devices[i] << 32) | inodes[i])) {
                linked.set(i);
            }
        }
        return linked;
    }

    private int length(int from) {
        int end = from;
        while (bytes[end] != 0) {
            end++;
        }
        return end - from;
    }

    private String text(int from) {
        return Text.decode(bytes, from, length(from));
    }

    private static long[] parallel(RpmHeader header, int tag, int count) throws PackageFormatException {
        long[] values = header.numbers(tag);
        if (values.length != count) {
            throw new PackageFormatException(
                    MALFORMED, "the file list has " + count + " names and " + values.length + " values of tag " + tag);
        }
        return values;
    }

    private static void checkDirectory(String directory, boolean source) throws PackageFormatException {
        if (source ? !directory.isEmpty() : !directory.startsWith("/") || !directory.endsWith("/")) {
            throw unsafe(directory);
        }
        if (directory.length() < 2) {
            return;
        }
        for (String segment : directory.substring(1, directory.length() - 1).split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw unsafe(directory);
            }
        }
    }

    private void checkBaseName(int at, String directory) throws PackageFormatException {
        int length = length(at);
        boolean dots = bytes[at] == '.' && (length == 1 || (length == 2 && bytes[at + 1] == '.'));
        boolean slash = false;
        for (int i = at; i < at + length; i++) {
            slash |= bytes[i] == '/';
        }
        // an empty name is the directory's own, which only the root needs
        if (dots || slash || (length == 0 && !directory.equals("/"))) {
            throw unsafe(directory + text(at));
        }
    }

    private static PackageFormatException unsafe(String path) {
        return new PackageFormatException(UNSAFE_PATH, "the file list holds the path \"" + path + "\"");
    }
}
