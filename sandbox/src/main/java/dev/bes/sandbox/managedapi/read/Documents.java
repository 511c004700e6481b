package dev.bes.sandbox.managedapi.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The documents of a managed API by their names: those of a folder, or those that come with the sandbox. */
public final class Documents {

    private static final String BUNDLED = "/managed-api/";
    private static final long MOST_BYTES = 4 << 20;

    private final Optional<Path> folder;
    private final Map<String, String> replaced;

    private Documents(Optional<Path> folder, Map<String, String> replaced) {
        this.folder = folder;
        this.replaced = replaced;
    }

    /** The documents that come with the sandbox. */
    public static Documents bundled() {
        return new Documents(Optional.empty(), Map.of());
    }

    /**
     * The documents of a folder.
     *
     * @throws IllegalArgumentException when there is no such folder
     */
    public static Documents of(Path folder) {
        Path whole = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(whole)) {
            throw new IllegalArgumentException("There is no folder " + whole + " to read the managed API from");
        }
        return new Documents(Optional.of(whole), Map.of());
    }

    /** The same documents, but for one, as {@code policies/api.xml}. */
    public Documents with(String name, String text) {
        Map<String, String> more = new HashMap<>(replaced);
        more.put(name, text);
        return new Documents(folder, more);
    }

    /**
     * The text of a document; empty when there is none of that name.
     *
     * @throws UncheckedIOException when it cannot be read, or is not UTF-8, or is larger than API Management takes: 4 MB
     */
    Optional<String> text(String name) {
        String text = replaced.get(name);
        if (text != null) {
            return Optional.of(text);
        }
        try {
            return folder.isPresent() ? file(folder.get(), name) : resource(name);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + where(name) + ": " + e.getMessage(), e);
        }
    }

    /** The names of the XML documents in a folder of the documents; none is known of those that come with the sandbox. */
    List<String> xmlIn(String directory) {
        Stream<String> given = replaced.keySet().stream().filter(name -> isXmlIn(directory, name));
        return Stream.concat(given, files(directory)).distinct().sorted().toList();
    }

    private Stream<String> files(String directory) {
        Optional<Path> in = folder.map(it -> it.resolve(directory)).filter(Files::isDirectory);
        if (in.isEmpty()) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(in.get())) {
            return files
                    .map(it -> directory + "/" + it.getFileName())
                    .filter(name -> isXmlIn(directory, name))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + in.get() + ": " + e.getMessage(), e);
        }
    }

    private static boolean isXmlIn(String directory, String name) {
        return name.startsWith(directory + "/")
                && name.endsWith(".xml")
                && name.indexOf('/', directory.length() + 1) < 0;
    }

    private static Optional<String> file(Path folder, String name) throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("larger than 4 MB");
        }
        return Optional.of(withoutMark(Files.readString(file, UTF_8)));
    }

    private static Optional<String> resource(String name) throws IOException {
        try (InputStream in = Documents.class.getResourceAsStream(BUNDLED + name)) {
            return in == null ? Optional.empty() : Optional.of(withoutMark(new String(in.readAllBytes(), UTF_8)));
        }
    }

    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private String where(String name) {
        return folder.map(it -> it.resolve(name).toString()).orElse("managed-api/" + name);
    }
}
