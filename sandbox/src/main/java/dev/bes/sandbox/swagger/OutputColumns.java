package dev.bes.sandbox.swagger;

import dev.bes.sandbox.catalogue.Parameter;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.Dataset;
import dev.bes.sandbox.dataset.InvalidDataset;
import dev.bes.sandbox.dataset.RowReader;
import dev.bes.sandbox.model.ModuleFailure;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out the columns of a service's outputs: its model runs on its declared columns, without rows. */
public final class OutputColumns {

    private OutputColumns() {}

    /**
     * The columns of each output with the default parameters; none where they depend on a parameter without a default,
     * or on columns that the service does not declare.
     */
    public static List<List<Column>> of(WebService service) {
        List<Dataset.Collector> outputs = Stream.generate(Dataset.Collector::new)
                .limit(service.outputs().size())
                .toList();
        List<RowReader> inputs = service.inputs().stream()
                .map(input -> new Dataset(input.schema(), List.of()).reader())
                .toList();
        try {
            service.model().score(service.settings(defaults(service), true), inputs, List.copyOf(outputs));
        } catch (ModuleFailure | InvalidDataset e) {
            return outputs.stream().map(output -> List.<Column>of()).toList();
        }
        return outputs.stream().map(output -> output.dataset().columns()).toList();
    }

    private static Map<String, String> defaults(WebService service) {
        return service.parameters().stream()
                .filter(parameter -> parameter.fallback() != null)
                .collect(Collectors.toMap(Parameter::name, parameter -> String.valueOf(parameter.fallback())));
    }
}
