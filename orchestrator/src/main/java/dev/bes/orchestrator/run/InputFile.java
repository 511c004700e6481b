package dev.bes.orchestrator.run;

/**
 * A file that feeds one input of a scoring.
 *
 * @param path where the file lies on our side
 * @param name the file's name as its sender knows it: shown, never used as a path
 */
public record InputFile(String path, String name) implements InputSource {}
