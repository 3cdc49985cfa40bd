package dev.slipway.server.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.server.http.PrivateAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetsTest {
    private final Targets strict = targets(false, false);

    private static Targets targets(boolean privateAddresses, boolean plainHttp) {
        return new Targets(new WebhookSettings(
                privateAddresses,
                plainHttp,
                1,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofDays(1),
                Duration.ofDays(1),
                Path.of("unused")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1.2.3",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "192.0.0.8",
                "192.0.2.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::a00:1",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "2001:db8::1",
                "2001::1",
                "2002:7f00:1::1",
                "100::1"
            })
    void takesNoAddressThatThePublicCannotReach(String address) throws UnknownHostException {
        assertThat(PrivateAddresses.contains(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::101:101"})
    void takesPublicAddresses(String address) throws UnknownHostException {
        assertThat(PrivateAddresses.contains(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://2130706433/",
                "https://0x7f.1/",
                "https://0177.0.0.1/",
                "https://127.1/",
                "https://[::1]/",
                "https://[::ffff:10.0.0.1]/",
                "https://localhost/",
                "https://LOCALHOST./",
                "https://a.localhost/",
                "https://169.254.169.254/latest/meta-data/",
                "http://hooks.example/",
                "https://user@hooks.example/",
                "https://hooks.example/#part",
                "file:///etc/passwd",
                "gopher://hooks.example/",
                "https:///",
                "https://hooks.example\\@127.0.0.1/",
                ""
            })
    void refusesUrlsThatLeadElsewhere(String url) {
        assertThat(strict.fault(url)).as(url).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://hooks.example/in?a=b", "https://hooks.example:8443/", "https://1.1.1.1/"})
    void acceptsPublicHttps(String url) {
        assertThat(strict.fault(url)).isEmpty();
    }

    @Test
    void acceptsHttpOnThisMachineOnceItMayBeReached() {
        assertThat(targets(true, false).fault("http://127.0.0.1:9000/")).isEmpty();
        assertThat(targets(true, false).fault("http://10.0.0.1/")).isPresent();
        assertThat(targets(true, true).fault("http://10.0.0.1/")).isEmpty();
    }

    @Test
    void refusesANameWhoseAddressIsPrivate() {
        assertThatThrownBy(() -> strict.resolve("localhost")).hasMessageContaining("private network");
    }

    @Test
    void resolvesANameWhoseAddressIsPrivateWhenThatIsAllowed() throws UnknownHostException {
        assertThat(targets(true, false).resolve("localhost")).isNotEmpty();
    }
}
