package dev.bes.testbench.chaos;

import dev.bes.testbench.chaos.environment.ChaosKind;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a kind of remote service by its name in lower case. */
final class ChaosKindConverter implements ITypeConverter<ChaosKind> {
    @Override
    public ChaosKind convert(String name) {
        return Stream.of(ChaosKind.values())
                .filter(kind -> kind.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("write one of " + List.of(ChaosKind.values())));
    }
}
