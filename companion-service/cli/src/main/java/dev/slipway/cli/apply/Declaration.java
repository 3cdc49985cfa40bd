package dev.slipway.cli.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.slipway.api.Copies;
import dev.slipway.api.distributions.DistributionRequest;
import dev.slipway.api.platforms.PlatformRequest;
import dev.slipway.api.repositories.RepositoryRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a file asks for. Every part is optional; things are known by their names.
 *
 * @param signKeys public halves; {@code certificate_file} is relative to the file
 */
public record Declaration(
        List<DeclaredKey> signKeys,
        List<PlatformRequest> platforms,
        List<RepositoryRequest> repositories,
        List<DistributionRequest> distributions) {
    private static final long MOST_BYTES = 4L * 1024 * 1024;
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public Declaration {
        signKeys = Copies.list(signKeys);
        platforms = Copies.list(platforms);
        repositories = Copies.list(repositories);
        distributions = Copies.list(distributions);
    }

    /** A sign key by its certificate, given in the file or beside it. */
    public record DeclaredKey(
            String name,
            @Nullable String description,
            @Nullable String certificate,
            @Nullable Path certificateFile,
            List<String> platforms) {
        public DeclaredKey {
            platforms = Copies.list(platforms);
        }
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException in one line that names the file, the place and what is wrong
     */
    public static Declaration read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IllegalArgumentException(file + " is larger than any declaration");
        }
        try {
            Declaration read = YAML.readValue(Files.readAllBytes(file), Declaration.class);
            return read.relativeTo(file.toAbsolutePath().getParent());
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException(
                    file + ": " + place(e) + " is not known here; known are: "
                            + e.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .sorted()
                                    .collect(Collectors.joining(", ")),
                    e);
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException(
                    e.getCause() instanceof JsonProcessingException broken
                            ? notYaml(file, broken)
                            : file + ": " + place(e) + ": " + firstLine(e),
                    e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(notYaml(file, e), e);
        }
    }

    private static String notYaml(Path file, JsonProcessingException e) {
        int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
        return file + (line > 0 ? ", line " + line : "") + ": " + firstLine(e);
    }

    private static String firstLine(JsonProcessingException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("not understood");
    }

    /** Where in the file, such as {@code platforms[0].arch_list}. */
    private static String place(JsonMappingException e) {
        StringBuilder place = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                place.append('[').append(step.getIndex()).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return place.isEmpty() ? "the file" : place.toString();
    }

    private Declaration relativeTo(@Nullable Path folder) throws IOException {
        List<DeclaredKey> keys = new ArrayList<>();
        for (DeclaredKey key : signKeys) {
            Path beside = key.certificateFile();
            if (beside == null || folder == null) {
                keys.add(key);
            } else {
                keys.add(new DeclaredKey(
                        key.name(),
                        key.description(),
                        Files.readString(folder.resolve(beside)),
                        null,
                        key.platforms()));
            }
        }
        return new Declaration(keys, platforms, repositories, distributions);
    }
}
