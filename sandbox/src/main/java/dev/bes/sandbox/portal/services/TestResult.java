package dev.bes.sandbox.portal.services;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.portal.PrettyJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a test of a service answered.
 *
 * @param tables the outputs; empty when the service refused the row
 * @param why the code and the message of each detail of a refusal
 * @param body the whole answer
 */
public record TestResult(int status, List<Table> tables, List<String> why, String body) {

    private static final JsonMapper json = JsonMapper.builder().build();

    /** One output: its columns, with name, type and the value in the only row. */
    public record Table(String name, List<Cell> cells) {}

    /** The value of a column. */
    public record Cell(String column, String type, String value) {}

    static TestResult of(Reply reply) {
        JsonNode root = json.readTree(reply.body());
        List<Table> tables = new ArrayList<>();
        for (Map.Entry<String, JsonNode> output : root.path("Results").properties()) {
            tables.add(new Table(output.getKey(), cells(output.getValue().path("value"))));
        }
        List<String> why = root.path("error")
                .path("details")
                .valueStream()
                .map(it ->
                        it.path("code").asString("") + ": " + it.path("message").asString(""))
                .toList();
        return new TestResult(reply.status(), tables, why, PrettyJson.of(root));
    }

    /** Whether the service scored the row. */
    public boolean success() {
        return status < 400;
    }

    private static List<Cell> cells(JsonNode value) {
        List<Cell> cells = new ArrayList<>();
        JsonNode row = value.path("Values").path(0);
        for (int i = 0; i < value.path("ColumnNames").size(); i++) {
            cells.add(new Cell(
                    value.path("ColumnNames").path(i).asString(""),
                    value.path("ColumnTypes").path(i).asString(""),
                    row.path(i).asString("")));
        }
        return cells;
    }
}
