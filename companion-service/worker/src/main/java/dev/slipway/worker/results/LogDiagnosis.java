package dev.slipway.worker.results;

import dev.slipway.worker.jobs.Diagnosis;
import dev.slipway.worker.jobs.Diagnosis.Code;
import dev.slipway.worker.tools.LogSink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Passes a log on and looks in its lines for the signs of known failures. Where several are found the one that says most
 * counts: a patch that doesn't apply rather than the %prep that failed for it; among equals the first.
 */
public final class LogDiagnosis implements LogSink {
    private static final int MAX_LINE = 4096;

    private record Sign(Code code, Pattern pattern, Function<MatchResult, String> message) {}

    /** In the order of what they tell. */
    private static final List<Sign> SIGNS = List.of(
            sign(
                    Code.NO_FREE_SPACE,
                    "No space left on device|[Ii]nsufficient space in download directory"
                            + "|You don't have enough free space",
                    m -> "no space was left on the disk"),
            sign(
                    Code.OUT_OF_MEMORY,
                    "virtual memory exhausted|[Cc]annot allocate memory"
                            + "|fatal error: Killed signal terminated program|c\\+\\+: fatal error: Killed",
                    m -> "the build ran out of memory"),
            sign(
                    Code.TOO_MANY_PROCESSES,
                    "fork: (?:retry: )?Resource temporarily unavailable|Cannot fork",
                    m -> "the build started more processes than it may"),
            sign(Code.UNMET_DEPENDENCY, "No matching package to install: '(.+)'", m -> unmet(m.group(1))),
            sign(Code.UNMET_DEPENDENCY, "No [Pp]ackage [Ff]ound for (.+)", m -> unmet(m.group(1))),
            sign(Code.UNMET_DEPENDENCY, "nothing provides (.+?) needed by .+", m -> unmet(m.group(1))),
            sign(
                    Code.UNMET_DEPENDENCY,
                    "^\\s+(\\S.*?) is needed by \\S+-[^-\\s]+-[^-\\s]+\\s*$",
                    m -> unmet(m.group(1))),
            sign(
                    Code.UNMET_DEPENDENCY,
                    "builddeps:\\S+ : Depends: (\\S+(?: \\([^)]*\\))?) but .*",
                    m -> unmet(m.group(1))),
            sign(Code.UNMET_DEPENDENCY, "Unmet build dependencies: (.+)", m -> unmet(m.group(1))),
            sign(
                    Code.UNMET_DEPENDENCY,
                    "E: Unable to (?:locate package|find a source package for) (\\S+)",
                    m -> unmet(m.group(1))),
            sign(
                    Code.ARCH_EXCLUDED,
                    "No compatible architectures found|Architecture is (?:not included|excluded): (\\S+)",
                    m -> "the architecture is not compatible or excluded"),
            sign(Code.REPO, "failure: (repodata/repomd\\.xml from \\S+: .+)", m -> m.group(1)),
            sign(
                    Code.REPO,
                    "Failed to download metadata for repo '([^']+)': (.+)",
                    m -> "repository " + m.group(1) + ": " + m.group(2)),
            sign(Code.REPO, "^E: Failed to fetch (\\S+)\\s+(.+)", m -> "repository: " + m.group(1) + ": " + m.group(2)),
            sign(
                    Code.REPO,
                    "GPG error: (\\S+) .*NO_PUBKEY (\\w+)",
                    m -> "repository " + m.group(1) + " is signed with the key " + m.group(2)
                            + ", not with the one that is pinned for it"),
            sign(
                    Code.REPO,
                    "^E: Release file for (\\S+) is expired",
                    m -> "repository: " + m.group(1) + " is past the time until which it is valid"),
            sign(Code.REPO, "Package (\\S+) is not signed", m -> "package " + m.group(1) + " is not signed"),
            sign(
                    Code.REPO,
                    "^E: The repository '(.+)' (is not signed|does not have a Release file).*",
                    m -> "repository " + m.group(1) + " " + m.group(2)),
            sign(
                    Code.PATCH_FAILED,
                    "(?:Hunk #\\d+ FAILED at|\\d+ out of \\d+ hunks? (?:FAILED|failed)).*file (\\S+)",
                    m -> "a patch does not apply to " + m.group(1).replaceFirst("\\.rej$", "")),
            sign(
                    Code.PATCH_FAILED,
                    "Hunk #\\d+ FAILED at|can't find file to patch at input line"
                            + "|LOCAL patch application failed|error: the patch does not apply",
                    m -> "a patch does not apply"),
            sign(
                    Code.CHANGELOG_ORDER,
                    "%changelog not in descending chronological order",
                    m -> "%changelog is not in descending chronological order"),
            sign(
                    Code.UNPACKAGED,
                    "Installed \\(but unpackaged\\) file\\(s\\) found",
                    m -> "files were installed that no package takes"),
            sign(
                    Code.UNPACKAGED,
                    "dh_missing: error: missing files, aborting",
                    m -> "files were installed that no package takes"),
            sign(
                    Code.MISSING_FILE,
                    "error: (?:Bad (?:file|source): )?(?:File )?(\\S+): No such file or directory",
                    m -> "the file " + m.group(1) + " is missing"),
            sign(
                    Code.MISSING_FILE,
                    "error: File not found: (\\S+)",
                    m -> "the file " + m.group(1) + " that the spec lists was not installed"),
            sign(
                    Code.MISSING_FILE,
                    "dh_install: error: missing files, aborting",
                    m -> "a file that the debian folder lists was not installed"),
            sign(
                    Code.BUILD_HANGUP,
                    "\\(%\\w+\\).*Hangup|: line \\d+: *\\d+ Hangup",
                    m -> "the build was hung up; its worker is probably overloaded"),
            sign(
                    Code.TIMEOUT,
                    "Timeout\\((\\d+)\\) expired for command",
                    m -> "the build timed out after " + m.group(1) + " seconds"),
            sign(
                    Code.SPEC_SECTION,
                    "Bad exit status from \\S+ \\(%(\\w+)\\)",
                    m -> "the section %" + m.group(1) + " of the spec failed"),
            sign(Code.SPEC_SECTION, "^(dh_\\w+): error: .+ returned exit code \\d+", m -> m.group(1) + " failed"),
            sign(
                    Code.SPEC_SECTION,
                    "^make(?:\\[\\d+\\])?: \\*\\*\\* \\[debian/rules:\\d+: (\\S+)\\] Error",
                    m -> "debian/rules " + m.group(1) + " failed"),
            sign(Code.SOURCE_INVALID, "^error: (?:line \\d+: .+)", MatchResult::group),
            sign(
                    Code.SOURCE_INVALID,
                    "^dpkg-(?:source|genchanges|parsechangelog|gencontrol): error: (.+)",
                    m -> m.group(1)));

    private final LogSink sink;
    private final StringBuilder line = new StringBuilder();
    private int rank = Integer.MAX_VALUE;
    private @Nullable Diagnosis found;

    /** @param sink gets the log as it comes */
    public LogDiagnosis(LogSink sink) {
        this.sink = sink;
    }

    /** The diagnosis of a single line. */
    public static @Nullable Diagnosis ofLine(String line) {
        LogDiagnosis one = new LogDiagnosis(LogSink.NONE);
        one.look(line);
        return one.found;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        sink.write(bytes, offset, length);
        for (char c : new String(bytes, offset, length, StandardCharsets.ISO_8859_1).toCharArray()) {
            if (c == '\n') {
                look(line.toString());
                line.setLength(0);
            } else if (line.length() < MAX_LINE) {
                line.append(c);
            }
        }
    }

    /** What was found so far. */
    public synchronized @Nullable Diagnosis found() {
        return found;
    }

    /** What was found so far, or a diagnosis of one's own. */
    public synchronized Diagnosis foundOr(Code code, String message) {
        return found == null ? new Diagnosis(code, message) : found;
    }

    private void look(String text) {
        for (int i = 0; i < Math.min(rank, SIGNS.size()); i++) {
            Sign sign = SIGNS.get(i);
            Matcher matcher = sign.pattern().matcher(text);
            if (matcher.find()) {
                rank = i;
                found = new Diagnosis(sign.code(), sign.message().apply(matcher.toMatchResult()));
                return;
            }
        }
    }

    private static String unmet(String what) {
        return "unmet build dependency: " + what.trim();
    }

    private static Sign sign(Code code, String pattern, Function<MatchResult, String> message) {
        return new Sign(code, Pattern.compile(pattern), message);
    }
}
