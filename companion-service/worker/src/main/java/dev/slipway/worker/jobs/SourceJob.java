package dev.slipway.worker.jobs;

import dev.slipway.api.builds.BuildOptions;
import java.nio.file.Path;

/**
 * Make a source package: a src.rpm, or a .dsc with the files it names.
 *
 * @param id names the job in logs and directories, such as {@code task-17}; letters, digits, {@code .}, {@code _}, {@code -}
 * @param output an existing, empty directory of the caller's, in which the files are left
 */
public record SourceJob(String id, PlatformSpec platform, SourceSpec source, BuildOptions options, Path output) {}
