package dev.bes.sandbox.rrs;

import dev.bes.sandbox.catalogue.Behaviour;
import dev.bes.sandbox.catalogue.Input;
import dev.bes.sandbox.catalogue.Parameters;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.dataset.Dataset;
import dev.bes.sandbox.dataset.InvalidDataset;
import dev.bes.sandbox.dataset.RowReader;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.journal.Journal;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.sandbox.model.ModuleFailure;
import dev.bes.sandbox.model.Settings;
import dev.bes.sandbox.problem.Problem;
import dev.bes.sandbox.request.InputNames;
import dev.bes.sandbox.request.Members;
import dev.bes.sandbox.request.Query;
import dev.bes.sandbox.settings.JobAnswer.NumberWords;
import dev.bes.sandbox.settings.RuntimeSettings;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The execute operation: rows in, scored rows out. Source: the "consume web services" articles, 2016 and 2020. */
public final class RequestResponse {

    private static final JsonMapper json = JsonMapper.builder().build();

    private final Journal journal;
    private final RuntimeSettings settings;
    private final Admission admission;

    /**
     * Creates the operation; its calls are written to the journal.
     *
     * @param clock clock of the containers that initialize
     */
    public RequestResponse(Journal journal, RuntimeSettings settings, InstantSource clock) {
        this.journal = journal;
        this.settings = settings;
        this.admission = new Admission(settings, clock);
    }

    /**
     * Scores the rows of a request, in table form or as a list of objects. The form of the reply depends on the query:
     * {@code format=swagger} lists objects, {@code details=true} adds names and types of the columns.
     *
     * @throws dev.bes.sandbox.problem.Rejection when the service would refuse the request
     */
    public Reply execute(WebService service, Request request) {
        return admission.admit(service, () -> answer(service, request));
    }

    private Reply answer(WebService service, Request request) {
        Members root = Members.ofBody(request.body(), settings.assumptions());
        Map<String, String> parameters =
                Parameters.read(service, root.object("GlobalParameters").node());
        Members given = root.object("Inputs");
        InputNames.check(service.inputNames(), given, Problem.MISSING_REQUEST_INPUT);
        List<RowReader> inputs =
                service.inputs().stream().map(input -> read(input, given)).toList();
        try {
            Map<String, Dataset> results = score(service, parameters, inputs);
            results.values().stream().findFirst().ifPresent(first -> record(service, first));
            Map<String, Object> body = new LinkedHashMap<>();
            results.forEach((name, output) -> body.put(name, format(output, request)));
            return Reply.json(200, json.writeValueAsString(Map.of("Results", body)));
        } catch (ModuleFailure e) {
            throw Problem.MODULE_FAILED.about(String.valueOf(e.getMessage()));
        } catch (InvalidDataset e) {
            throw Problem.INPUT_PARSE_ERROR.about(String.valueOf(e.getMessage()));
        }
    }

    private static RowReader read(Input input, Members given) {
        try {
            JsonNode rows = given.node().path(input.name());
            return input.typed(Table.read(rows, given.assumptions()).reader());
        } catch (InvalidDataset e) {
            throw Problem.INPUT_PARSE_ERROR.about(String.valueOf(e.getMessage()));
        }
    }

    private void record(WebService service, Dataset first) {
        journal.append(
                Event.EXECUTE,
                null,
                Map.of("service", service.name(), "rows", first.rows().size(), "sha256", first.sha256()));
    }

    private Map<String, Dataset> score(WebService service, Map<String, String> parameters, List<RowReader> inputs) {
        if (service.behaviour() != Behaviour.SCORES) {
            throw new ModuleFailure("Error 1000: AFx Library library exception: " + service.name() + " has no rows.");
        }
        Map<String, Dataset.Collector> outputs = new LinkedHashMap<>();
        service.outputs().forEach(name -> outputs.put(name, new Dataset.Collector()));
        Settings values = service.settings(parameters, settings.assumptions().has(NumberWords.OWN_VALUE));
        service.model().score(values, inputs, List.copyOf(outputs.values()));
        Map<String, Dataset> results = new LinkedHashMap<>();
        outputs.forEach((name, output) -> results.put(name, output.dataset()));
        return results;
    }

    private Object format(Dataset output, Request request) {
        if (query(request, "format").equalsIgnoreCase("swagger")) {
            return Table.asObjects(output);
        }
        boolean details = query(request, "details").equalsIgnoreCase("true");
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("type", "table");
        table.put("value", details ? Table.withDetails(output) : Table.valuesOnly(output));
        return table;
    }

    private String query(Request request, String name) {
        return Query.value(request, name, settings.assumptions());
    }
}
