package dev.slipway.client.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.api.builds.BuildOptions;
import dev.slipway.api.builds.BuildRequest;
import dev.slipway.api.builds.BuildRequest.PlatformChoice;
import dev.slipway.api.builds.BuildRequest.SourceRequest;
import dev.slipway.api.builds.RefType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline says to have something built.
 *
 * @param platforms names, at least one
 * @param sources at least one; each is built for every platform
 * @param arches of all platforms; those of each platform when absent
 * @param linkedBuilds ids of builds whose packages may be needed
 * @param definitions {@code NAME=VALUE}: macros of rpm, variables of deb builds
 * @param with switched on: conditions of rpm, profiles of deb builds
 * @param without switched off: conditions of rpm builds
 * @param independent whether no source needs the packages of another
 * @param skipTests whether the end of the build starts no tests
 * @param priority higher goes first
 * @param propagate whether a build that does not succeed fails the step; true when absent
 * @param waits whether to wait for the end; true when absent
 */
public record BuildArguments(
        @Nullable List<String> platforms,
        @Nullable List<Source> sources,
        @Nullable List<String> arches,
        @Nullable List<Long> linkedBuilds,
        @Nullable List<String> definitions,
        @Nullable List<String> with,
        @Nullable List<String> without,
        boolean independent,
        boolean skipTests,
        int priority,
        @Nullable Boolean propagate,
        @JsonProperty("wait") @Nullable Boolean waits) {
    /**
     * One source.
     *
     * @param url of a git repository, or of a source RPM
     * @param ref branch, tag or commit
     * @param commit what the ref must be
     * @param srpm whether the URL is that of a source RPM
     * @param batch sources of a later batch wait for all of the earlier ones
     */
    public record Source(
            @Nullable String url,
            @Nullable String ref,
            @Nullable String commit,
            boolean srpm,
            int batch) {}

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException naming the argument that is wrong and what helps
     */
    public RemoteWork work() {
        List<String> names = Arguments.texts("platforms", platforms);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("packageBuild needs platforms, such as platforms: ['el9']");
        }
        if (sources == null || sources.isEmpty()) {
            throw new IllegalArgumentException("packageBuild needs sources, such as sources: [[url:"
                    + " 'https://git.example.org/wordfreq.git', ref: 'v1.2']]");
        }
        List<String> archList = Arguments.texts("arches", arches);
        BuildRequest request = new BuildRequest(
                names.stream()
                        .map(name -> new PlatformChoice(name, archList.isEmpty() ? null : archList, null, null))
                        .toList(),
                sources.stream().map(BuildArguments::source).toList(),
                Arguments.orNull(Arguments.ids("linkedBuilds", linkedBuilds)),
                independent ? "independent" : null,
                priority == 0 ? null : priority,
                options(),
                skipTests ? true : null);
        return new RemoteBuild(request, propagate == null || propagate, waits == null || waits);
    }

    private static SourceRequest source(Source source) {
        String url = Arguments.text(source.url());
        if (url == null) {
            throw new IllegalArgumentException("each of the sources needs a url");
        }
        if (source.batch() < 0) {
            throw new IllegalArgumentException("the batch of " + url + " must not be negative");
        }
        if (source.srpm() && (Arguments.text(source.ref()) != null || Arguments.text(source.commit()) != null)) {
            throw new IllegalArgumentException(
                    "the source " + url + " has srpm and a ref or commit: leave those out for a"
                            + " source RPM, or srpm for a git repository");
        }
        return new SourceRequest(
                url,
                Arguments.text(source.ref()),
                source.srpm() ? RefType.SRPM_URL : null,
                Arguments.text(source.commit()),
                null,
                null,
                source.batch() == 0 ? null : source.batch(),
                null);
    }

    private @Nullable BuildOptions options() {
        Map<String, String> defined = new LinkedHashMap<>();
        for (String definition : Plain.orEmpty(definitions)) {
            int at = definition.indexOf('=');
            if (at < 1) {
                throw new IllegalArgumentException("definitions are NAME=VALUE, and '" + definition + "' is not");
            }
            defined.put(
                    definition.substring(0, at).strip(),
                    definition.substring(at + 1).strip());
        }
        List<String> on = Arguments.texts("with", with);
        List<String> off = Arguments.texts("without", without);
        return defined.isEmpty() && on.isEmpty() && off.isEmpty() ? null : new BuildOptions(defined, on, off);
    }
}
