package dev.slipway.worker.jobs;

/**
 * Why a job did not succeed, as far as its log tells.
 *
 * @param code for programs
 * @param message one line for people, which names the thing at fault
 */
public record Diagnosis(Code code, String message) {
    /** Stable words. */
    public enum Code {
        /** A step of the build failed, tests included: %prep, %build, %check; dh_auto_build, dh_auto_test, … */
        SPEC_SECTION,
        UNMET_DEPENDENCY,
        ARCH_EXCLUDED,
        /** The build was killed by a hang-up. */
        BUILD_HANGUP,
        NO_FREE_SPACE,
        MISSING_FILE,
        CHANGELOG_ORDER,
        UNPACKAGED,
        REPO,
        TIMEOUT,
        PATCH_FAILED,
        OUT_OF_MEMORY,
        TOO_MANY_PROCESSES,
        LOG_LIMIT,
        /** The repository, the ref or the file that a source names is not there or not allowed. */
        SOURCE_UNAVAILABLE,
        /** The spec or the debian folder can't be understood. */
        SOURCE_INVALID,
        /** A package holds programs for another architecture than it claims. */
        WRONG_ARCHITECTURE,
        /** A scriptlet failed while packages were installed. */
        SCRIPTLET_FAILED,
        /** The tested packages could not be installed. */
        INSTALL_FAILED,
        /** A clean root could not be made. */
        ROOT_FAILED,
        TOOL_MISSING,
        /** The request itself is at fault. */
        INVALID_JOB
    }
}
