package dev.slipway.api.tasks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /tasks/claim}.
 *
 * @param worker the name that the caller registered by {@code POST /workers/}
 * @param kinds what it is ready to do now; the registered kinds when left out
 * @param arches {@code x86_64}, {@code amd64}, …; {@code src}, {@code src:rpm} or {@code src:deb} for source packages; the
 *     registered ones when left out
 * @param keyIds sign keys it holds, 16 hexadecimal digits each; the registered ones when left out
 * @param waitSeconds how long to wait for work, 0 to 60
 */
public record ClaimRequest(
        String worker,
        @Nullable List<String> kinds,
        @Nullable List<String> arches,
        @Nullable List<String> keyIds,
        @Nullable Integer waitSeconds) {}
