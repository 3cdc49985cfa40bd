package dev.slipway.cli;

import dev.slipway.client.SlipwayClient;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that asks a companion for something and shows the answer. */
abstract class RemoteCommand implements Callable<Integer> {
    @Mixin
    final Connection connection = new Connection();

    @Mixin
    final Output output = new Output();

    /** The companion's operations, as whom the options say. */
    SlipwayClient client() throws IOException {
        return new SlipwayClient(connection.open());
    }
}
