package dev.bes.sandbox.catalogue;

import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;

/** The services of the sandbox. The ids and keys of the demo services are fixed, public and worth nothing. */
public record Catalogue(List<WebService> services) {

    /** The demo services, as {@code services.yaml} of the sandbox declares them. */
    public static Catalogue demo() {
        return ServiceFiles.bundled();
    }

    /**
     * The services that a YAML file declares, or all {@code .yaml} files of a folder.
     *
     * @throws InvalidServicesException when there are mistakes, each with its file, line and column
     * @throws java.io.UncheckedIOException when a file cannot be read
     */
    public static Catalogue at(Path fileOrFolder) {
        return ServiceFiles.at(fileOrFolder);
    }

    /**
     * The services that a YAML text declares.
     *
     * @param name the name of the text, for mistakes
     * @throws InvalidServicesException when there are mistakes
     */
    public static Catalogue of(String name, String yaml) {
        return ServiceFiles.text(name, yaml);
    }

    /**
     * These services, and one for each model of a folder: the folder has a {@code model.yaml}, or each of its folders
     * has one.
     *
     * @throws InvalidServicesException when there are mistakes, each with its file, line and column
     * @throws java.io.UncheckedIOException when a file cannot be read, or there is no model
     */
    public Catalogue withModels(Path folder) {
        return ServiceFiles.withModels(this, folder);
    }

    /**
     * The service of that name.
     *
     * @throws NoSuchElementException when there is none
     */
    public WebService named(String name) {
        return services.stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("The sandbox has no service " + name));
    }
}
