package dev.bes.sandbox.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTests {

    private static final String SERVICE = """
            services:
              - name: Mine
                workspace: a0000000000000000000000000000009
                subscription: b0000000000000000000000000000009
                id: c0000000000000000000000000000009
                keys: {primary: one, secondary: two}
                model:
                  kind: feature-hashing
                  settings: {N-grams: 1}
                parameters:
                  - {name: Target column, type: string}
                  - {name: Hashing bitsize, type: integer, default: 3, minimum: 1, maximum: 9}
                inputs:
                  - name: input1
                    columns:
                      - {name: text, type: String, example: hello}
                outputs:
                  - name: output1
            """;

    @TempDir
    private Path folder;

    @Test
    void declaresTheDemoServicesWithTheNamesIdsAndKeysThatClientsKnow() {
        assertThat(Catalogue.demo().services())
                .extracting(WebService::name)
                .containsExactly(
                        "SimpleFeatureHashingExperiment",
                        "AlwaysFails",
                        "NeverWrites",
                        "HangsForever",
                        "JoinStrikesWithAirports",
                        "AirportsQuery",
                        "DamagePrediction");
        assertThat(Catalogue.demo().named("SimpleFeatureHashingExperiment")).satisfies(service -> {
            assertThat(service.path())
                    .isEqualTo("/workspaces/a0000000000000000000000000000001"
                            + "/services/c0000000000000000000000000000001");
            assertThat(service.apiKey()).isEqualTo("c2FuZGJveCBkZW1vIGtleSAxIChwcmltYXJ5KQ==");
            assertThat(service.accepts("c2FuZGJveCBkZW1vIGtleSAxIChzdGFuZGJ5KQ=="))
                    .isTrue();
        });
        assertThat(Catalogue.demo().named("HangsForever").behaviour()).isEqualTo(Behaviour.HANGS);
    }

    @Test
    void readsAFileAndAllFilesOfAFolder() throws IOException {
        Path one = Files.writeString(folder.resolve("b.yaml"), "\uFEFF" + SERVICE);
        Files.writeString(folder.resolve("a.yml"), other(SERVICE));
        Files.writeString(folder.resolve("notes.txt"), "services: 7");

        assertThat(Catalogue.at(one).services()).extracting(WebService::name).containsExactly("Mine");
        assertThat(Catalogue.at(folder).services()).extracting(WebService::name).containsExactly("Theirs", "Mine");
    }

    @Test
    void refusesServicesOfTwoFilesThatAreNotToldApart() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), SERVICE);
        Files.writeString(folder.resolve("b.yaml"), SERVICE);

        assertThatThrownBy(() -> Catalogue.at(folder))
                .isInstanceOf(InvalidServicesException.class)
                .hasMessageContaining("b.yaml:2:11: 'Mine' is there twice")
                .hasMessageContaining("b.yaml:5:9: 'c0000000000000000000000000000009' is there twice");
    }

    @Test
    void saysWhichFileCannotBeRead() {
        assertThatThrownBy(() -> Catalogue.at(folder.resolve("none.yaml")))
                .hasMessageContaining("none.yaml: there is no file or folder of that name");
        assertThatThrownBy(() -> Catalogue.at(folder)).hasMessageContaining("the folder has no .yaml file");
    }

    /** Each case replaces a piece of the file, and says where the mistake is and how its text begins. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: Mine              | name: '<b>'          | 2:11: '<b>' is not valid; a name has a letter",
                "workspace: a            | workspace: A         | 3:16: 'A0000000000000000000000000000009' is not valid",
                "id: c0000               | id: c                | 5:9: 'c000000000000000000000000009' is not valid",
                "secondary: two          | secondary: t o       | 6:37: 't o' is not valid; a key has",
                ", secondary: two        | ''                   | 6:11: the key 'secondary' is missing",
                "model:                  | modell:              | 7:5: unknown key 'modell'",
                "kind: feature-hashing   | kind: magic          | 8:13: unknown kind 'magic'; write feature-hashing",
                "N-grams: 1              | N-gram: 1            | 9:18: unknown key 'N-gram'; remove it; known are Target",
                "N-grams: 1              | Hashing bitsize: 1   | 9:18: 'Hashing bitsize' is also a parameter",
                "name: Target column     | name: Column         | 11:9: the model has no setting of this name; it has: Target",
                "name: Target column     | name: N-grams        | 8:7: the setting 'Target column' has no value",
                "type: integer           | type: int            | 12:39: unknown type 'int'; write string, integer",
                "default: 3              | default: 30          | 12:57: '30' breaks the rule of the parameter",
                "minimum: 1              | minimum: x           | 12:69: 'x' is no number of the type",
                "name: input1            | name: in put         | 14:15: 'in put' is not valid; a name has a letter",
                "type: String            | type: Text           | 16:32: unknown type 'Text'; write one of String, Int32",
                "type: String            | type: Int32          | 16:48: 'hello' is no Int32",
                "- name: output1         | []                   | 18:7: the model has 1 outputs, not 0; declare 1",
                "services:               | service:             | 1:1: unknown key 'service'",
                "keys: {primary          | keys: [primary       | not valid YAML"
            })
    void saysInWhichLineAndColumnAMistakeIs(String piece, String other, String mistake) {
        assertThat(SERVICE).contains(piece);

        assertThatThrownBy(() -> Catalogue.of("mine.yaml", SERVICE.replace(piece, other)))
                .isInstanceOf(InvalidServicesException.class)
                .hasMessageContaining("mine.yaml:")
                .hasMessageContaining(mistake);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{kind: saved-query}                                                  | the query has no columns",
                "{kind: saved-query, columns: [{name: a, type: Int32}], rows: [[x]]}  | 'x' in column a is no Int32",
                "{kind: saved-query, columns: [{name: a, type: Int32}], rows: [[1,2]]}| the row has 2 values, but there are 1",
                "{kind: logistic-regression, weights: {a: heavy}}                     | 'heavy' is no number",
                "{kind: logistic-regression}                                          | the key 'weights' is missing",
                "{kind: join}                                                         | the model has 2 inputs, not 1"
            })
    void checksTheModelsOfEachKind(String model, String mistake) {
        String yaml = SERVICE.replaceFirst("(?s)model:.*?parameters:", "model: " + model + "\n    parameters:");

        assertThatThrownBy(() -> Catalogue.of("mine.yaml", yaml))
                .isInstanceOf(InvalidServicesException.class)
                .hasMessageContaining(mistake);
    }

    private static String other(String yaml) {
        return yaml.replace("Mine", "Theirs").replace("0009", "0008");
    }
}
