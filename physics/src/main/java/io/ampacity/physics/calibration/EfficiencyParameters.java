package io.ampacity.physics.calibration;

import io.ampacity.physics.Efficiencies;
import io.ampacity.physics.PowerCoefficients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The efficiencies as parameters of a fit: where each is believed to lie and how firmly.
 *
 * <p>What one engine does like any other (streaming weights, filling tensor cores) is believed firmly, so that a fit on
 * two models holds for a third; what is known to differ (host time, latency of the front end) is left free.
 */
final class EfficiencyParameters {

    private static final Efficiencies TYPICAL = Efficiencies.TYPICAL;

    /** Parameters that times determine. */
    static final List<Parameter> TIMES = List.of(
            share("memory", TYPICAL.memory(), 0.3, 0.1),
            share("attentionMemory", TYPICAL.attentionMemory(), 0.1, 0.25),
            share("compute", TYPICAL.compute(), 0.2, 0.15),
            share("attentionCompute", TYPICAL.attentionCompute(), 0.03, 0.3),
            share("latentCompute", TYPICAL.latentCompute(), 0.05, 0.3),
            share("expert", TYPICAL.expert(), 0.1, 0.25),
            share("expertCompute", TYPICAL.expertCompute(), 0.03, 0.3),
            share("exposed", TYPICAL.exposed(), 0.01, 0.4),
            share("link", TYPICAL.link(), 0.02, 0.3),
            new Parameter("linkSeconds", TYPICAL.linkSeconds(), 1e-6, 60e-6, 0.9),
            new Parameter("stepSeconds", TYPICAL.stepSeconds(), 1e-5, 30e-3, 0.5),
            new Parameter("layerSeconds", TYPICAL.layerSeconds(), 1e-6, 300e-6, 0.4),
            new Parameter("promptLayerSeconds", TYPICAL.promptLayerSeconds(), 1e-6, 3e-3, 0.5),
            new Parameter("sequenceSeconds", TYPICAL.sequenceSeconds(), 2e-7, 200e-6, 0.7),
            new Parameter("samplingSeconds", TYPICAL.samplingSeconds(), 5e-7, 200e-6, 0.2),
            new Parameter("requestSeconds", TYPICAL.requestSeconds(), 5e-4, 100e-3, 0.5));

    /** Parameters that watts determine. */
    static final List<Parameter> POWER = List.of(
            new Parameter("powerRunning", TYPICAL.power().running(), 0.01, 1, 0.2),
            new Parameter("powerMemory", TYPICAL.power().memory(), 0.01, 2, 0.3),
            new Parameter("powerCompute", TYPICAL.power().compute(), 0.01, 2.5, 0.25));

    /** Place of a parameter among {@link #TIMES}. */
    static int place(String name) {
        for (int i = 0; i < TIMES.size(); i++) {
            if (TIMES.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException(name + " is no parameter of times");
    }

    /** What the host of an engine sets, and how long it may take on an engine that launches kernel by kernel from Python. */
    private static final Map<String, Double> HOST =
            Map.of("stepSeconds", 30e-3, "promptLayerSeconds", 3e-3, "sequenceSeconds", 1e-3);

    private static final double UNKNOWN_HOST = 3;

    /** {@link #TIMES} for an engine of another age: its chips are believed, its host is not. */
    static List<Parameter> ofAnotherAge() {
        return TIMES.stream()
                .map(parameter -> HOST.containsKey(parameter.name())
                        ? new Parameter(
                                parameter.name(),
                                parameter.typical(),
                                parameter.low(),
                                HOST.getOrDefault(parameter.name(), parameter.high()),
                                UNKNOWN_HOST)
                        : parameter)
                .toList();
    }

    /** {@link #TIMES} pulled to given values instead, each with a share of its freedom. */
    static List<Parameter> around(double[] times, double freedom) {
        List<Parameter> moved = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            Parameter parameter = TIMES.get(i);
            double typical = Math.clamp(times[i], parameter.low() * 1.0001, parameter.high() * 0.9999);
            moved.add(new Parameter(
                    parameter.name(), typical, parameter.low(), parameter.high(), parameter.freedom() * freedom));
        }
        return List.copyOf(moved);
    }

    /** Place of the share of peak arithmetic among {@link #TIMES}. */
    static final int COMPUTE = 2;

    private EfficiencyParameters() {}

    private static Parameter share(String name, double typical, double low, double freedom) {
        return new Parameter(name, typical, low, 1, freedom);
    }

    /** Efficiencies from the values of {@link #TIMES} and a power law. */
    static Efficiencies of(double[] times, PowerCoefficients power) {
        return new Efficiencies(
                times[0],
                times[1],
                times[2],
                times[3],
                times[4],
                times[5],
                times[6],
                times[7],
                times[8],
                times[9],
                times[10],
                times[11],
                times[12],
                times[13],
                times[14],
                times[15],
                TYPICAL.tokenSeconds(),
                power);
    }

    /** Efficiencies from the values of {@link #TIMES} followed by those of {@link #POWER}. */
    static Efficiencies of(double[] values) {
        int times = TIMES.size();
        return of(values, new PowerCoefficients(values[times], values[times + 1], values[times + 2]));
    }

    /** The values of {@link #TIMES} in their order. */
    static double[] times(Efficiencies efficiencies) {
        return new double[] {
            efficiencies.memory(),
            efficiencies.attentionMemory(),
            efficiencies.compute(),
            efficiencies.attentionCompute(),
            efficiencies.latentCompute(),
            efficiencies.expert(),
            efficiencies.expertCompute(),
            efficiencies.exposed(),
            efficiencies.link(),
            efficiencies.linkSeconds(),
            efficiencies.stepSeconds(),
            efficiencies.layerSeconds(),
            efficiencies.promptLayerSeconds(),
            efficiencies.sequenceSeconds(),
            efficiencies.samplingSeconds(),
            efficiencies.requestSeconds()
        };
    }
}
