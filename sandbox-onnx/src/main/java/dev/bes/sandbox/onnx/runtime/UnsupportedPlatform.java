package dev.bes.sandbox.onnx.runtime;

/** ONNX Runtime does not run on this machine; the message says where it does. */
public final class UnsupportedPlatform extends RuntimeException {

    UnsupportedPlatform(Throwable cause) {
        super(
                "ONNX Runtime does not run on " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                        + " here (" + reason(cause) + ")",
                cause);
    }

    private static String reason(Throwable cause) {
        Throwable last = cause;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last.getMessage() == null
                ? last.getClass().getSimpleName()
                : last.getMessage().lines().findFirst().orElse("");
    }
}
