package dev.bes.testbench.demo.environment;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.bes.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The model that the build has trained, and its example of a definition, for each kind of remote service. */
public final class DemoModel {

    /** The name of the service, of its endpoint and of its definition. */
    public static final String NAME = "strike-damage";

    private static final String SPEED = "Speed IAS in knots";
    private static final String MEAN_SPEED = "154";
    private static final String RESULTS = "columns: [Scored Labels, Scored Probabilities]";

    private DemoModel() {}

    /** The folder of the trained models. */
    static Path folder(DemoFolder folder) {
        return folder.project().resolve("models/target/models");
    }

    /** The name of the endpoint, and of the definition, for a kind of remote service. */
    public static String name(DemoKind kind) {
        return kind == DemoKind.BES ? NAME : NAME + "-" + kind;
    }

    /** The settings of the endpoints. */
    static Map<String, Object> settings(Sandbox sandbox) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (DemoKind kind : DemoKind.values()) {
            all.putAll(kind.endpoint(name(kind), sandbox, NAME));
        }
        return all;
    }

    /** Adds the example to the definitions of the demo, once for each kind, with the file that they score. */
    static void define(DemoFolder folder) {
        Path examples = folder.definitions().resolve("examples");
        try {
            String example = Files.readString(examples.resolve(NAME + ".yaml"));
            for (DemoKind kind : DemoKind.values()) {
                Files.writeString(
                        folder.definitions().resolve(name(kind) + ".yaml"),
                        definition(example, kind, CsvFile.read(folder.sample()).columns()));
            }
            Files.createDirectories(folder.definitions().resolve("data"));
            Files.copy(
                    examples.resolve("data/strikes.csv"), folder.definitions().resolve("data/strikes.csv"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The sample with the value that the model takes for a speed that is missing: the Open Inference Protocol has no form for a
     * missing number.
     */
    public static Path withoutMissingNumbers(DemoFolder folder) {
        Path complete = folder.definitions().resolve("data/strikes-complete.csv");
        try (CsvReader<NamedCsvRecord> sample = CsvReader.builder().ofNamedCsvRecord(folder.sample());
                CsvWriter writer = CsvWriter.builder().build(complete)) {
            List<String> columns = CsvFile.read(folder.sample()).columns();
            writer.writeRecord(columns);
            for (NamedCsvRecord row : sample) {
                writer.writeRecord(columns.stream()
                        .map(column ->
                                column.equals(SPEED) && row.getField(column).isEmpty()
                                        ? MEAN_SPEED
                                        : row.getField(column))
                        .toList());
            }
            return complete;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String definition(String example, DemoKind kind, List<String> sample) {
        String named = example.replace("name: " + NAME, "name: " + name(kind))
                .replace("endpoint: " + NAME, "endpoint: " + name(kind))
                .replace("folder: " + NAME + "/", "folder: " + name(kind) + "/");
        return kind == DemoKind.AZUREML ? named.replace(RESULTS, headless(sample)) : named;
    }

    /** A job of Azure Machine Learning writes no header, so the definition names all columns. */
    private static String headless(List<String> sample) {
        String columns = Stream.concat(sample.stream(), Stream.of("Scored Labels", "Scored Probabilities"))
                .map(column -> '"' + column + '"')
                .collect(Collectors.joining(", ", "[", "]"));
        return "header: absent\n    columns: " + columns;
    }
}
