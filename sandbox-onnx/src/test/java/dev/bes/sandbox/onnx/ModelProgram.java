package dev.bes.sandbox.onnx;

import java.nio.file.Path;

/** Opens the model of a folder, as a program of its own. */
final class ModelProgram {

    private ModelProgram() {}

    public static void main(String[] args) {
        try {
            System.out.println(TestModel.service(Path.of(args[0])));
        } catch (RuntimeException e) {
            System.out.println(e.getMessage());
        }
    }
}
