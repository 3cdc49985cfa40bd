package dev.slipway.worker.roots;

import dev.slipway.worker.roots.Recipe.Dnf;
import dev.slipway.worker.roots.Recipe.Host;
import dev.slipway.worker.roots.Recipe.Mmdebstrap;
import dev.slipway.worker.roots.Recipe.Tar;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads recipes. What ends up on a command line is held to the characters that its kind of word has. */
public final class RecipeParser {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+:~_-]{0,127}");
    private static final Pattern RPM_PACKAGE = Pattern.compile("[@A-Za-z0-9][A-Za-z0-9.+:~_*()/-]{0,127}");
    private static final Pattern URL = Pattern.compile("(https?|file)://[!-~&&[^\"'\\\\]]{1,1000}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private RecipeParser() {}

    /**
     * Reads the object of a recipe.
     *
     * @throws IllegalArgumentException that names what is wrong and where
     */
    public static Recipe parse(Settings settings) {
        String type = settings.text("type");
        Recipe recipe = switch (type) {
            case "mmdebstrap" -> mmdebstrap(settings);
            case "dnf" -> dnf(settings);
            case "tar" -> new Tar(settings.text("url", URL), settings.text("sha256", SHA256));
            case "host" -> new Host();
            default -> throw settings.error("type", "is mmdebstrap, dnf, tar or host, not \"" + type + "\"");
        };
        settings.refuseOthers();
        return recipe;
    }

    private static Recipe mmdebstrap(Settings settings) {
        String variant = settings.textOr("variant", "minbase");
        if (!variant.equals("minbase") && !variant.equals("buildd")) {
            throw settings.error("variant", "is minbase or buildd, not \"" + variant + "\"");
        }
        List<String> components = settings.words("components", WORD);
        return new Mmdebstrap(
                settings.text("suite", WORD),
                variant,
                settings.words("include", WORD),
                components.isEmpty() ? List.of("main") : components,
                settings.textOrNull("mirror", URL),
                settings.textOrNull("architecture", WORD));
    }

    private static Recipe dnf(Settings settings) {
        List<Dnf.Repository> repositories = new ArrayList<>();
        for (Settings repository : settings.objects("repositories")) {
            @Nullable String key = repository.textOrNull("key", null);
            repositories.add(new Dnf.Repository(repository.text("name", WORD), repository.text("url", URL), key));
            repository.refuseOthers();
        }
        List<String> packages = settings.words("packages", RPM_PACKAGE);
        if (packages.isEmpty() || repositories.isEmpty()) {
            throw settings.error("packages", "and repositories may not be empty");
        }
        return new Dnf(packages, repositories, settings.textOr("releasever", "1"));
    }
}
