package dev.bes.orchestrator.remote.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class TensorReaderTests {

    private static Map<String, List<@Nullable String>> read(String answer) {
        return TensorReader.read(answer.getBytes(UTF_8));
    }

    @Test
    void readsElementsAsText() {
        String answer = """
                {"id":"7","parameters":{"a":[1,{"b":2}]},
                 "outputs":[{"data":["x","ü \\"y\\"",null,true,-1,12345678901234567890,0.10,1e-5,1E999],"name":"all",
                             "shape":[8],"datatype":"BYTES","parameters":{"data":[1]}}]}""";

        assertThat(read(answer))
                .containsExactly(Map.entry(
                        "all",
                        Arrays.asList(
                                "x",
                                "ü \"y\"",
                                null,
                                "true",
                                "-1",
                                "12345678901234567890",
                                "0.1",
                                "1.0E-5",
                                "Infinity")));
    }

    @Test
    void readsNestedRowsOneAfterTheOther() {
        assertThat(read("{\"outputs\":[{\"name\":\"a\",\"data\":[[1,2],[[3],[4]]]},{\"name\":\"b\",\"data\":[]}]}"))
                .isEqualTo(Map.of("a", List.of("1", "2", "3", "4"), "b", List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "7",
                "{\"outputs\":null}",
                "{\"outputs\":{\"name\":\"a\",\"data\":[1]}}",
                "{\"outputs\":[7,[8]]}"
            })
    void findsNothingWhereThereIsNoTensor(String answer) {
        assertThat(read(answer)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "{\"outputs\":[{\"name\":\"a\",\"data\":[1,",
                "{\"outputs\":[]} x",
                "{\"outputs\":[]}{}",
                "{\"outputs\":[{\"name\":\"a\",\"data\":[NaN]}]}"
            })
    void refusesWhatIsNoJson(String answer) {
        assertThatThrownBy(() -> read(answer)).isInstanceOf(JacksonException.class);
    }
}
