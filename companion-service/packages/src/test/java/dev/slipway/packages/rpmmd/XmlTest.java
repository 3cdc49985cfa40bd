package dev.slipway.packages.rpmmd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XmlTest {
    @Property(tries = 300)
    void isWellFormedWhateverTheText(@ForAll String text) {
        assertThat(XmlTree.lines(document(text))).hasSize(1);
    }

    @Property(tries = 300)
    void givesBackTextOfAllowedCharacters(@ForAll @CharRange(from = ' ', to = '\ud7ff') String text) {
        assertThat(XmlTree.lines(document(text)).get(0)).endsWith("} " + text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\u0000a\u0001b\u001fc|abc",
                "a\ufffeb\uffff|ab",
                "a\ud83db|ab",
                "a\udea2b|ab",
                "\ud83d\udea2|\ud83d\udea2"
            })
    void leavesOutWhatXmlForbids(String text, String left) {
        assertThat(XmlTree.lines(document(text)).get(0)).endsWith("} " + left);
    }

    @Test
    void keepsLineEndsInText() {
        assertThat(XmlTree.lines(document("a\r\nb\tc\n")).get(0)).endsWith("} a\r\nb\tc\n");
    }

    @Test
    void keepsLineEndsInAttributes() {
        String xml = new String(
                new Xml().raw("<a").attribute("b", "x\r\n\t\"'<y").raw("/>").bytes(), StandardCharsets.UTF_8);

        assertThat(XmlTree.lines(xml)).containsExactly("/{null}a {b=x\r\n\t\"'<y} ");
    }

    private static String document(String text) {
        return new String(new Xml().element("", "a", text).bytes(), StandardCharsets.UTF_8);
    }
}
