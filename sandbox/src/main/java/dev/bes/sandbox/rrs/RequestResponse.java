package dev.bes.sandbox.rrs;

import dev.bes.sandbox.catalogue.Behaviour;
import dev.bes.sandbox.catalogue.Parameters;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.journal.Journal;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.sandbox.model.HashingModel;
import dev.bes.sandbox.model.ModuleFailure;
import dev.bes.sandbox.problem.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The execute operation: rows in, scored rows out. Source: the "consume web services" articles, 2016 and 2020. */
public final class RequestResponse {

    private static final JsonMapper json = JsonMapper.builder().build();

    private final Journal journal;

    /** Creates the operation; its calls are written to the journal. */
    public RequestResponse(Journal journal) {
        this.journal = journal;
    }

    /**
     * Scores the rows of a request, in table form or as a list of objects. The form of the reply depends on the query:
     * {@code format=swagger} lists objects, {@code details=true} adds names and types of the columns.
     *
     * @throws dev.bes.sandbox.problem.Rejection when the service would refuse the request
     */
    public Reply execute(WebService service, Request request) {
        JsonNode root = parse(request.body());
        Map<String, String> parameters = Parameters.read(service, root.path("GlobalParameters"));
        Table table = Table.read(root.path("Inputs").path(WebService.INPUT));
        try {
            Table scored = score(service, parameters, table);
            journal.append(
                    Event.EXECUTE,
                    null,
                    Map.of("service", service.name(), "rows", scored.rows().size(), "sha256", scored.sha256()));
            Object output = format(scored, request);
            return Reply.json(200, json.writeValueAsString(Map.of("Results", Map.of(WebService.OUTPUT, output))));
        } catch (ModuleFailure e) {
            throw Problem.MODULE_FAILED.about(String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode parse(String body) {
        try {
            JsonNode root = json.readTree(body);
            if (root.isObject()) {
                return root;
            }
        } catch (JacksonException e) {
            throw Problem.REQUEST_BODY_INVALID.about();
        }
        throw Problem.REQUEST_BODY_INVALID.about();
    }

    private static Table score(WebService service, Map<String, String> parameters, Table table) {
        if (service.behaviour() != Behaviour.HASHES_FEATURES) {
            throw new ModuleFailure("Error 1000: AFx Library library exception: " + service.name() + " has no rows.");
        }
        HashingModel.ForColumns ready = HashingModel.of(parameters).columns(table.columns());
        return new Table(ready.names(), table.rows().stream().map(ready::score).toList());
    }

    private static Object format(Table scored, Request request) {
        if (request.query("format").orElse("").equals("swagger")) {
            return scored.asObjects();
        }
        boolean details = request.query("details").orElse("").equalsIgnoreCase("true");
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("type", "table");
        table.put("value", details ? scored.withDetails() : scored.valuesOnly());
        return table;
    }
}
