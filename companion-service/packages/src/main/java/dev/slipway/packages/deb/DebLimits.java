package dev.slipway.packages.deb;

/**
 * What a package may claim before it is refused, so that no file, whatever it says, can take all memory or run for ever.
 *
 * @param controlBytes most bytes of the control file
 * @param controlArchiveBytes most bytes of the control archive when unpacked: maintainer scripts, symbols, checksums
 * @param entries most entries of an archive
 * @param nameBytes most bytes of all names of an archive together
 * @param dataBytes most bytes of the data archive when unpacked
 * @param dataRatio most bytes that one byte of the data archive may unpack to, once it has unpacked to a gibibyte
 */
public record DebLimits(
        int controlBytes, long controlArchiveBytes, int entries, long nameBytes, long dataBytes, int dataRatio) {

    /** Room for the largest packages of the Debian archive several times over. */
    public static final DebLimits DEFAULT = new DebLimits(1 << 20, 256L << 20, 1_000_000, 128L << 20, 256L << 30, 200);

    private static final long UNQUESTIONED = 1L << 30;

    /** Most bytes that a data archive of {@code packed} bytes may unpack to. */
    long unpacked(long packed) {
        return Math.min(dataBytes, Math.max(UNQUESTIONED, packed * dataRatio));
    }
}
