package dev.slipway.cli;

/** What the program's exit status says; documented in the user guide. */
public final class ExitCode {
    /** All that was asked for holds. */
    public static final int OK = 0;
    /** The work was done and the answer is no: a build failed, a test failed, a check is red. */
    public static final int FAILED = 1;
    /** The command line is wrong. */
    public static final int USAGE = 2;
    /** The companion cannot be reached. */
    public static final int UNREACHABLE = 3;
    /** The token is missing, wrong, or may not do this. */
    public static final int DENIED = 4;
    /** The companion refused the request: something in it is unknown, wrong or in conflict. */
    public static final int REFUSED = 5;
    /** Something went wrong on this machine: a file, a tool, a disk. */
    public static final int LOCAL = 6;

    private ExitCode() {}
}
