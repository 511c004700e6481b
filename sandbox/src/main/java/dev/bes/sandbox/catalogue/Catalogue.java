package dev.bes.sandbox.catalogue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.model.HashingModel;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** The services of the sandbox. The ids and keys of the demo services are fixed, public and worth nothing. */
public record Catalogue(List<WebService> services) {

    private static final String WORKSPACE = "a0000000000000000000000000000001";
    private static final String SUBSCRIPTION = "b0000000000000000000000000000001";

    /** The guide's service and three that fail on purpose. */
    public static Catalogue demo() {
        return new Catalogue(List.of(
                demo("SimpleFeatureHashingExperiment", 1, Behaviour.SCORES),
                demo("AlwaysFails", 2, Behaviour.FAILS),
                demo("NeverWrites", 3, Behaviour.NEVER_WRITES),
                demo("HangsForever", 4, Behaviour.HANGS)));
    }

    /** The parameters of feature hashing, with the defaults that give the guide's eight columns. */
    public static List<Parameter> hashingParameters() {
        return List.of(
                Parameter.text("Target column", "Col2"),
                Parameter.number("Hashing bitsize", 3, 1, 31),
                Parameter.number("N-grams", 2, 0, 10));
    }

    /**
     * The service of that name.
     *
     * @throws NoSuchElementException when there is none
     */
    public WebService named(String name) {
        return services.stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("The sandbox has no service " + name));
    }

    private static WebService demo(String name, int number, Behaviour behaviour) {
        return new WebService(
                name,
                "",
                WORKSPACE,
                SUBSCRIPTION,
                "c000000000000000000000000000000" + number,
                key("sandbox demo key " + number + " (primary)"),
                key("sandbox demo key " + number + " (standby)"),
                behaviour,
                hashingParameters(),
                List.of(new Input("input1", List.of(new InputColumn(Column.text("Col2"), "This is a good day")), true)),
                List.of("output1"),
                new HashingModel(),
                Map.of());
    }

    private static String key(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(US_ASCII));
    }
}
