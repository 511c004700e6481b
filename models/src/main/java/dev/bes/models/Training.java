package dev.bes.models;

import java.io.IOException;
import java.nio.file.Path;

/** Trains the shipped models. A step of the build runs it. */
public final class Training {

    private Training() {}

    /**
     * Trains all models.
     *
     * @param args the folder of the models' sources, the file of bird strikes, and the folder for the trained models
     * @throws IOException when a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        StrikeDamage strikeDamage = StrikeDamage.train(Path.of(args[0], StrikeDamage.NAME), Path.of(args[1]));
        strikeDamage.write(Path.of(args[2], StrikeDamage.NAME));
        System.out.println("Trained " + StrikeDamage.NAME + "\n"
                + strikeDamage.evaluation().table());
    }
}
