package hudson;

import io.jenkins.plugins.slipway.signatures.Absent;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

public abstract class Launcher {
    private Launcher() {}

    public final ProcStarter launch() {
        throw Absent.code();
    }

    public abstract void kill(Map<String, String> modelEnvVars) throws IOException, InterruptedException;

    public final class ProcStarter {
        private ProcStarter() {}

        public ProcStarter cmds(List<String> args) {
            throw Absent.code();
        }

        public ProcStarter envs(Map<String, String> overrides) {
            throw Absent.code();
        }

        public ProcStarter stdout(OutputStream out) {
            throw Absent.code();
        }

        public ProcStarter quiet(boolean quiet) {
            throw Absent.code();
        }

        public ProcStarter pwd(FilePath workDir) {
            throw Absent.code();
        }

        public int join() throws IOException, InterruptedException {
            throw Absent.code();
        }
    }
}
