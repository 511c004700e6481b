package dev.bes.sandbox.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.document.Mistakes;
import dev.bes.sandbox.document.YamlNode;
import dev.bes.sandbox.document.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the YAML files that declare services: one file, all of a folder, or those of folders of models. */
final class ServiceFiles {

    private static final String BUNDLED = "/services.yaml";
    private static final String MODEL = "model.yaml";
    private static final long MOST_BYTES = 4 << 20;

    private final Mistakes mistakes = new Mistakes();
    private final ServiceReader reader = new ServiceReader();
    private final List<WebService> services = new ArrayList<>();

    private ServiceFiles() {}

    static Catalogue bundled() {
        try (InputStream in = ServiceFiles.class.getResourceAsStream(BUNDLED)) {
            return text(
                    BUNDLED.substring(1), new String(Objects.requireNonNull(in).readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Catalogue text(String name, String yaml) {
        ServiceFiles files = new ServiceFiles();
        files.add(name, yaml, Path.of(""));
        return files.catalogue();
    }

    static Catalogue at(Path fileOrFolder) {
        ServiceFiles files = new ServiceFiles();
        try {
            for (Path file : yamlFiles(fileOrFolder)) {
                files.add(file.getFileName().toString(), content(file), folder(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the services at " + fileOrFolder + ": " + reason(e), e);
        }
        return files.catalogue();
    }

    /** The services that are there, and those of models: the folder is one, or has some in folders of its own. */
    static Catalogue withModels(Catalogue services, Path folder) {
        ServiceFiles files = new ServiceFiles();
        services.services().forEach(service -> {
            files.reader.reserve(service);
            files.services.add(service);
        });
        try {
            for (Path file : modelFiles(folder)) {
                String name = folder(file).getFileName() + "/" + MODEL;
                YamlReader.read(name, content(file), files.mistakes)
                        .flatMap(it -> files.reader.read(it, folder(file)))
                        .ifPresent(files.services::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the models at " + folder + ": " + reason(e), e);
        }
        return files.catalogue();
    }

    private void add(String name, String yaml, Path folder) {
        Optional<YamlNode> root = YamlReader.read(name, yaml, mistakes);
        root.ifPresent(it -> it.allow("services"));
        root.flatMap(it -> it.require("services")).map(YamlNode::elements).orElse(List.of()).stream()
                .flatMap(it -> reader.read(it, folder).stream())
                .forEach(services::add);
    }

    private Catalogue catalogue() {
        if (!mistakes.sorted().isEmpty()) {
            throw new InvalidServicesException(mistakes.sorted());
        }
        return new Catalogue(List.copyOf(services));
    }

    private static List<Path> yamlFiles(Path fileOrFolder) throws IOException {
        if (!Files.isDirectory(fileOrFolder)) {
            return List.of(fileOrFolder);
        }
        try (Stream<Path> files = Files.list(fileOrFolder)) {
            List<Path> found = files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new IOException("the folder has no .yaml file");
            }
            return found;
        }
    }

    private static List<Path> modelFiles(Path folder) throws IOException {
        if (Files.exists(folder.resolve(MODEL))) {
            return List.of(folder.resolve(MODEL));
        }
        try (Stream<Path> folders = Files.list(folder)) {
            List<Path> found = folders.map(it -> it.resolve(MODEL))
                    .filter(Files::exists)
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new IOException("no folder there has a " + MODEL);
            }
            return found;
        }
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }

    private static String content(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file.getFileName() + " is larger than 4 MB");
        }
        String text = Files.readString(file, UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no file or folder of that name";
            case MalformedInputException bytes -> "it is not UTF-8";
            default -> String.valueOf(e.getMessage());
        };
    }
}
