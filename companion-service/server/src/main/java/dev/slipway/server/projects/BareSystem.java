package dev.slipway.server.projects;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * The system as the git library is to see it: without the configuration of whoever runs the companion, so that neither
 * credentials nor rewritten addresses of theirs are used, and no git program is started to find it.
 */
final class BareSystem extends SystemReader.Delegate {
    BareSystem(SystemReader system) {
        super(system);
    }

    @Override
    public @Nullable String getenv(String variable) {
        return variable.startsWith("GIT_") ? null : super.getenv(variable);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    private static final class Empty extends FileBasedConfig {
        @SuppressWarnings("NullAway") // null stands for no file
        Empty(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {
            // there is nothing to read
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
