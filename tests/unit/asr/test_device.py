"""Where recognition computes: what is set, what there is, and what to say when they differ."""

import pytest

from consult_assist.asr.device import Device, Hardware, devices_to_try, first_that_works
from consult_assist.errors import ModelError, RecognitionError

CPU_TYPES = frozenset({"int8", "int8_float32", "float32"})
OFFICE = Hardware(cards=0, libraries=False, cpu_types=CPU_TYPES)
CARD = Hardware(
    cards=1, libraries=True, cpu_types=CPU_TYPES, cuda_types=frozenset({"float16", "int8_float16", "int8"})
)
OLD_CARD = Hardware(
    cards=1, libraries=True, cpu_types=CPU_TYPES, cuda_types=frozenset({"int8", "int8_float32", "float32"})
)
BARE_CARD = Hardware(cards=1, libraries=False, cpu_types=CPU_TYPES, cuda_types=frozenset({"float16"}))


def test_without_a_card_the_processor_computes_in_int8_and_nothing_is_said() -> None:
    assert devices_to_try("auto", "auto", OFFICE) == (Device(name="cpu", compute_type="int8"),)
    assert devices_to_try("cpu", "auto", CARD) == (Device(name="cpu", compute_type="int8"),)


def test_a_card_is_tried_from_the_most_exact_numbers_down_and_the_processor_last() -> None:
    tried = devices_to_try("auto", "auto", CARD)
    assert [(device.name, device.compute_type) for device in tried] == [
        ("cuda", "float16"),
        ("cuda", "int8_float16"),
        ("cuda", "int8"),
        ("cpu", "int8"),
    ]
    assert [device.notice is None for device in tried] == [True, True, True, False]
    assert devices_to_try("cuda", "auto", OLD_CARD)[0].compute_type == "int8"


@pytest.mark.parametrize(
    ("wanted", "hardware", "word"),
    [("cuda", OFFICE, "見つからない"), ("cuda", BARE_CARD, "cuBLAS"), ("auto", BARE_CARD, "cuBLAS")],
)
def test_a_card_that_cannot_be_used_leaves_the_processor_and_one_sentence(
    wanted: str, hardware: Hardware, word: str
) -> None:
    (device,) = devices_to_try(wanted, "float16", hardware)  # type: ignore[arg-type]
    assert (device.name, device.compute_type) == ("cpu", "int8")
    assert device.notice is not None
    assert word in device.notice


def test_numbers_that_the_device_cannot_do_are_replaced_and_named() -> None:
    (device,) = devices_to_try("auto", "float16", OFFICE)
    assert device.compute_type == "int8"
    assert device.notice is not None
    assert "compute_type の float16" in device.notice
    assert devices_to_try("cpu", "float32", OFFICE) == (Device(name="cpu", compute_type="float32"),)


def test_a_card_that_fails_at_its_first_decode_gives_way() -> None:
    made: list[Device] = []

    def make(device: Device) -> Device:
        made.append(device)
        if device.compute_type == "float16":
            raise ModelError("too little memory")
        return device

    def probe(device: Device) -> None:
        assert device.name == "cuda"  # the processor is not probed
        raise RecognitionError("the driver is too old")

    _, chosen = first_that_works(devices_to_try("auto", "auto", CARD), make, probe)
    assert len(made) == 4
    assert chosen.name == "cpu"
    assert chosen.notice is not None

    _, chosen = first_that_works(devices_to_try("auto", "auto", CARD), make, lambda _: None)
    assert (chosen.name, chosen.compute_type) == ("cuda", "int8_float16")


def test_a_model_that_loads_nowhere_is_an_error() -> None:
    def make(device: Device) -> None:
        raise ModelError("broken")

    with pytest.raises(ModelError):
        first_that_works(devices_to_try("auto", "auto", CARD), make, lambda _: None)
