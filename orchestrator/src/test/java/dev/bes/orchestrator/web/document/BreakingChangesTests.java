package dev.bes.orchestrator.web.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Every kind of change that breaks a caller is found, and what is only added is none. */
class BreakingChangesTests {
    private static final YAMLMapper YAML = new YAMLMapper();

    private static final String DOCUMENT = """
            info: { version: 1.0.0 }
            paths:
              /runs:
                get:
                  operationId: getRuns
                  parameters:
                  - { name: state, in: query, required: false, schema: { type: string, enum: [Failed, Running] } }
                  - { name: limit, in: query, required: false, schema: { type: integer, maximum: 200 } }
                  responses:
                    "200": { content: { application/json: { schema: { $ref: "#/components/schemas/Page" } } } }
                post:
                  operationId: postRuns
                  requestBody:
                    required: false
                    content:
                      application/json: { schema: { $ref: "#/components/schemas/NewRun" } }
                      multipart/form-data: { schema: { type: object } }
                  responses:
                    "201": { content: { application/json: { schema: { $ref: "#/components/schemas/Run" } } } }
                    "202": { description: later }
            components:
              schemas:
                Page:
                  properties:
                    runs: { type: array, items: { $ref: "#/components/schemas/Run" } }
                    next: { type: [string, "null"] }
                Run:
                  required: [id, state]
                  properties:
                    id: { type: integer, format: int64 }
                    state: { type: string, enum: [Failed, Running] }
                    counts: { type: object, additionalProperties: { type: integer } }
                NewRun:
                  required: [definition]
                  properties:
                    definition: { type: string }
                    order: { $ref: "#/components/schemas/Order" }
                Order:
                  properties:
                    first: { type: string, maxLength: 9 }
            """;

    private static List<String> changes(String from, String to) {
        assertThat(DOCUMENT).contains(from);
        return BreakingChanges.between(
                YAML.readValue(DOCUMENT, ObjectNode.class),
                YAML.readValue(DOCUMENT.replace(from, to), ObjectNode.class));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            /runs: | /jobs: | removed: get /runs
            '    post:' | '    put:' | removed: post /runs
            operationId: getRuns | operationId: listRuns | other operationId: get /runs
            name: state, | name: word, | removed: parameter query state of get /runs
            name: state, in: query, required: false | name: state, in: query, required: true | newly required: parameter query state of get /runs
            enum: [Failed, Running] } } | enum: [Failed] } } | removed: word Running of parameter query state of get /runs
            type: integer, maximum: 200 | type: string, maximum: 200 | other type: parameter query limit of get /runs
            maximum: 200 | maximum: 100 | narrower: maximum of parameter query limit of get /runs
            '"202": ' | '"404": ' | no longer answered: 202 by post /runs
            '"201": { content: { application/json:' | '"201": { content: { text/csv:' | removed: answer 201 as application/json of post /runs
            schema: { $ref: "#/components/schemas/Page" } | schema: { $ref: "#/components/schemas/Run" } | other type: answer 200 as application/json of get /runs
            multipart/form-data: | text/csv: | no longer taken: multipart/form-data by post /runs
            '        required: false' | '        required: true' | newly required: body of post /runs
            'next: {' | 'more: {' | removed: field next of Page
            items: { $ref: "#/components/schemas/Run" } | items: { type: string } | other type: items of field runs of Page
            type: integer, format: int64 | type: integer, format: int32 | other type: field id of Run
            id: { type: integer, format: int64 } | id: { type: [integer, "null"], format: int64 } | other type: field id of Run
            'enum: [Failed, Running] }\\n' | 'enum: [Failed] }\\n' | removed: word Running of field state of Run
            additionalProperties: { type: integer } | additionalProperties: { type: string } | other type: values of field counts of Run
            'required: [id, state]' | 'required: [id]' | no longer always there: field state of Run
            'required: [definition]' | 'required: [definition, order]' | newly required: field order of NewRun
            '    Order:' | '    Order:\\n      required: [first]' | newly required: field first of Order
            maxLength: 9 | maxLength: 5 | narrower: maxLength of field first of Order
            maxLength: 9 | 'maxLength: 9, enum: [id]' | only some words: field first of Order
            maxLength: 9 | 'maxLength: 9, pattern: "[a-z]+"' | other pattern: field first of Order
            """)
    void findsWhatBreaksACaller(String from, String to, String change) {
        assertThat(changes(text(from), text(to))).contains(change);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'paths:' | 'paths:\\n  /nodes: { get: { operationId: getNodes } }'
            '    post:' | '    put: { operationId: putRuns }\\n    post:'
            '      parameters:' | '      parameters:\\n      - { name: sort, in: query, required: false, schema: { type: string } }'
            maximum: 200 | maximum: 1000
            'enum: [Failed, Running] } }' | 'enum: [Failed, Running, Finished] } }'
            multipart/form-data: | 'text/csv: {}\\n          multipart/form-data:'
            'next: {' | 'total: { type: integer }\\n        next: {'
            'required: [id, state]' | 'required: [id, state, counts]'
            'required: [definition]' | 'required: []'
            'definition: { type: string }' | 'definition: { type: [string, "null"] }'
            'definition: { type: string }' | 'definition: { type: string }\\n        parameters: { type: object }'
            maxLength: 9 | maxLength: 90
            '{ description: later }' | '{ description: much later }'
            """)
    void takesWhatIsAdded(String from, String to) {
        assertThat(changes(text(from), text(to))).isEmpty();
    }

    @Test
    void takesEverythingWhenTheFileSaysSo() {
        assertThat(changes("version: 1.0.0", "version: 1.1.0")).isEmpty();
        ObjectNode before = YAML.readValue(DOCUMENT, ObjectNode.class);
        ObjectNode after = YAML.readValue(
                DOCUMENT.replace("/runs:", "/jobs:").replace("version: 1.0.0", "version: 2.0.0"), ObjectNode.class);
        assertThat(BreakingChanges.between(before, after)).isEmpty();
        assertThat(BreakingChanges.between(
                        before,
                        YAML.readValue(
                                DOCUMENT.replace("/runs:", "/jobs:").replace("version: 1.0.0", "version: 1.9.0"),
                                ObjectNode.class)))
                .as("only a major version takes it")
                .isNotEmpty();
    }

    private static String text(String cell) {
        return cell.replace("\\n", "\n");
    }
}
