package dev.slipway.worker.jobs;

import java.nio.file.Path;

/** A file that a job made, a plain one directly in the job's output directory. */
public record ArtifactFile(Path path, Type type) {
    public String name() {
        return String.valueOf(path.getFileName());
    }

    /** What it is; {@link #word()} is used on the wire. */
    public enum Type {
        RPM("rpm"),
        SRC_RPM("src_rpm"),
        DEB("deb"),
        DSC("dsc"),
        /** A file that a .dsc names. */
        SOURCE("source"),
        CHANGES("changes"),
        BUILDINFO("buildinfo"),
        OTHER("other");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
