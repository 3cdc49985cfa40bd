package dev.slipway.packages.rpm;

/**
 * What a package may claim before it is refused, so that no file, whatever it says, can take all memory or run for ever.
 *
 * @param indexEntries most entries of the main header (rpm's own limit is 65,535)
 * @param headerBytes most bytes of the main header's data
 * @param signatureBytes most bytes of the signature header's data (file signatures live there)
 * @param strings most dependency and changelog texts in total
 * @param files most files
 * @param pathBytes most bytes of all file paths together
 * @param archiveBytes most bytes of the payload when unpacked
 */
public record RpmLimits(
        int indexEntries,
        int headerBytes,
        int signatureBytes,
        int strings,
        int files,
        long pathBytes,
        long archiveBytes) {
    /** Room for the largest packages of the large distributions several times over. */
    public static final RpmLimits DEFAULT =
            new RpmLimits(65_535, 64 << 20, 32 << 20, 1_000_000, 1_000_000, 64L << 20, 256L << 30);
}
