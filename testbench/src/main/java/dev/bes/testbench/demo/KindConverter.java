package dev.bes.testbench.demo;

import dev.bes.testbench.demo.environment.DemoKind;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a kind of remote service by its name in lower case. */
final class KindConverter implements ITypeConverter<DemoKind> {
    @Override
    public DemoKind convert(String name) {
        return Stream.of(DemoKind.values())
                .filter(kind -> kind.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("write one of " + List.of(DemoKind.values())));
    }
}
