package dev.slipway.packages.deb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.PackageFormatException.Reason;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Deb822ReaderTest {

    @Test
    void separatesParagraphsByEmptyLines() throws Exception {
        var stanzas = read("\n\nA: 1\n\n \t\nA: 2\nB: 3\n");

        assertThat(stanzas).extracting(Stanza::text).containsExactly("A: 1\n", "A: 2\nB: 3\n");
    }

    @Test
    void foldsContinuationLines() throws Exception {
        var stanza = read("Depends: a,\n b ,\n\tc\n").get(0);

        assertThat(stanza.get("depends")).hasValue("a, b , c");
        assertThat(stanza.field("Depends").orElseThrow().lines()).containsExactly("a,", "b ,", "c");
    }

    @Test
    void keepsTheTextOfMultilineFields() throws Exception {
        var text = "Description: short\n long\n .\n  indented\nFiles:\n a 1\n b 2\n";

        assertThat(read(text).get(0).text()).isEqualTo(text);
    }

    @Test
    void passesOverComments() throws Exception {
        assertThat(read("# first\nA: 1\n# inside\n b\n").get(0).text()).isEqualTo("A: 1\n b\n");
    }

    @Test
    void readsALastLineWithoutLineEndAndWindowsLineEnds() throws Exception {
        assertThat(read("A: 1\r\nB: 2").get(0).text()).isEqualTo("A: 1\nB: 2\n");
    }

    @Test
    void takesTextThatIsNotUtf8ForLatin1() throws Exception {
        var stanza = Deb822Reader.single("Maintainer: Grüße\n".getBytes(ISO_8859_1), "control");

        assertThat(stanza.get("Maintainer")).hasValue("Grüße");
    }

    @Test
    void aFieldWithoutTextIsNoValue() throws Exception {
        var stanza = read("A:\nB: 1\n").get(0);

        assertThat(stanza.get("A")).isEmpty();
        assertThat(stanza.field("A")).isPresent();
        assertThat(stanza.get("C")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A: 1\na: 2\n",
                "no colon\n",
                ": 1\n",
                " a\n",
                "A: 1\n-B: 2\n",
                "A b: 1\n",
                "\u00e4: 1\n",
                "A: \0\n"
            })
    void refusesWhatIsNoControlFile(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        PackageFormatException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED))
                .hasMessageContaining("the test ");
    }

    @Test
    void namesTheLineOfAFault() {
        assertThatThrownBy(() -> read("A: 1\n\nB: 2\nfault\n")).hasMessageContaining("near line 4");
    }

    @Test
    void refusesAParagraphWithoutEnd() throws Exception {
        try (var reader = new Deb822Reader(endless("A"), "the test")) {
            assertThatThrownBy(reader::next).hasMessageContaining("has a line of more than");
        }
        try (var reader = new Deb822Reader(endless(" x\n"), "the test")) {
            assertThatThrownBy(reader::next).hasMessageContaining("has a paragraph of more than");
        }
    }

    @Provide
    Arbitrary<Stanza> stanzas() {
        var names = Arbitraries.of("Package", "X-Y", "Depends", "Description", "a1");
        var line = Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(20);
        var value = line.list().ofMinSize(1).ofMaxSize(4).map(lines -> String.join("\n ", lines));
        return Arbitraries.maps(names, value)
                .ofMinSize(1)
                .map(map -> new Stanza(map.entrySet().stream()
                        .map(e -> new Stanza.Field(e.getKey(), e.getValue()))
                        .toList()));
    }

    @Property(tries = 300)
    void whatIsWrittenIsReadBack(@ForAll("stanzas") Stanza stanza) throws Exception {
        assertThat(read(stanza.text())).containsExactly(stanza);
    }

    private static List<Stanza> read(String text) throws Exception {
        return Deb822Reader.all(text.getBytes(UTF_8), "the test");
    }

    private static InputStream endless(String piece) {
        var bytes = piece.repeat(1 << 16).getBytes(UTF_8);
        return new SequenceInputStream(Collections.enumeration(Collections.nCopies(200, bytes).stream()
                .map(ByteArrayInputStream::new)
                .toList()));
    }
}
