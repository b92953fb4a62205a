package io.holdfast.app.description;

import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.OpenAPI;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.springdoc.core.customizers.OpenApiCustomizer;

/// The description as it is written in `openapi.yaml` beside this class, instead of one derived
/// from controllers: these work on bytes and headers, so little could be derived. It is read when
/// it is first asked for.
final class WrittenDescription implements OpenApiCustomizer {
    private static final String FILE = "openapi.yaml";

    @Override
    public void customise(OpenAPI served) {
        OpenAPI written = read();
        served.setInfo(written.getInfo());
        served.setServers(written.getServers());
        served.setSecurity(written.getSecurity());
        served.setTags(written.getTags());
        served.setPaths(written.getPaths());
        served.setComponents(written.getComponents());
    }

    private static OpenAPI read() {
        try (InputStream yaml = WrittenDescription.class.getResourceAsStream(FILE)) {
            return Yaml31.mapper().readValue(Objects.requireNonNull(yaml, FILE), OpenAPI.class);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }
}
