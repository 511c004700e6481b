package dev.bes.sandbox.junit;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SandboxOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs one sandbox for a test class and the classes nested in it: started before its first test, closed after its last one.
 * Register it as a static field, or by {@code @ExtendWith} for the default options. Parameters of type {@link Sandbox} get it.
 */
public final class SandboxExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {

    private static final Namespace STORE = Namespace.create(SandboxExtension.class);

    private final SandboxOptions options;
    private volatile @Nullable Sandbox running;

    /** With free ports, Azurite and the demo services: {@link SandboxOptions#defaults()}. */
    public SandboxExtension() {
        this(SandboxOptions.defaults());
    }

    /** With these options. */
    public SandboxExtension(SandboxOptions options) {
        this.options = options;
    }

    /**
     * The sandbox of the class that is being tested.
     *
     * @throws IllegalStateException before the first test of the class, after its last one, and if the field is not static
     */
    public Sandbox get() {
        Sandbox sandbox = running;
        if (sandbox == null) {
            throw new IllegalStateException("No sandbox is running. Is the field of the extension static?");
        }
        return sandbox;
    }

    /** JUnit calls this for nested classes too: they share the sandbox of the outer class. */
    @Override
    public void beforeAll(ExtensionContext context) {
        running = sandbox(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        running = context.getParent()
                .map(parent -> parent.getStore(STORE).get(options, Sandbox.class))
                .orElse(null);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Sandbox.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return sandbox(context);
    }

    /** The store closes the sandbox at the end of the context that it was started for. */
    private Sandbox sandbox(ExtensionContext context) {
        return context.getStore(STORE).computeIfAbsent(options, Sandbox::start, Sandbox.class);
    }
}
