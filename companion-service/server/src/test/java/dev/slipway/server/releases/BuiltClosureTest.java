package dev.slipway.server.releases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.releases.ReleaseCheck;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BuiltClosureTest {
    private final Candidate tool = Sample.rpm("tool", "x86_64", "tool");
    private final Candidate lib = Sample.rpm("lib", "x86_64", "lib");
    private final Map<Long, Dependencies> dependencies = Map.of(
            tool.id(), new Dependencies(List.of(List.of("lib.so.1()(64bit)"), List.of("base-files")), Set.of("tool")),
            lib.id(), new Dependencies(List.of(), Set.of("lib", "lib.so.1()(64bit)")));
    private final List<BuiltClosure.Supplier> suppliers = Stream.of(tool, lib)
            .map(c -> new BuiltClosure.Supplier(
                    c.id(),
                    c.nevra(),
                    7,
                    dependencies.getOrDefault(c.id(), none()).provides()))
            .toList();

    private static Dependencies none() {
        return new Dependencies(List.of(), Set.of());
    }

    private List<ReleaseCheck> check(Set<String> published, @Nullable String force, Candidate... released) {
        Findings findings = new Findings();
        new BuiltClosure(dependencies, suppliers, published)
                .check(
                        Stream.of(released)
                                .map(c -> new Planned(c, List.of(), force))
                                .toList(),
                        findings);
        return findings.all();
    }

    @Test
    void acceptsWhatIsReleasedTogether() {
        assertThat(check(Set.of(), null, tool, lib))
                .extracting(ReleaseCheck::state)
                .containsOnly("green");
    }

    @Test
    void acceptsWhatIsPublishedAlready() {
        assertThat(check(Set.of("lib.so.1()(64bit)"), null, tool))
                .extracting(ReleaseCheck::state)
                .containsExactly("green");
    }

    @Test
    void refusesToLeaveBehindWhatAPackageNeeds() {
        assertThat(check(Set.of(), null, tool)).singleElement().satisfies(finding -> {
            assertThat(finding.state()).isEqualTo("red");
            assertThat(finding.message()).contains("lib.so.1()(64bit)", lib.nevra(), "build 7");
        });
    }

    @Test
    void canBeForced() {
        assertThat(check(Set.of(), "lib is in the base system", tool))
                .extracting(ReleaseCheck::state)
                .containsExactly("forced");
    }

    @Test
    void readsDebianRelations() {
        Dependencies read = Dependencies.ofDeb(
                "tool", "dpkg (>= 1.17)", "libfathom2 (>= 2), mail-agent | exim4:any [amd64], ", "editor (= 1), view");

        assertThat(read.needs())
                .containsExactly(List.of("dpkg"), List.of("libfathom2"), List.of("mail-agent", "exim4"));
        assertThat(read.provides()).containsExactlyInAnyOrder("tool", "editor", "view");
    }
}
