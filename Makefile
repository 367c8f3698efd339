# The front door. Everything below runs CMake and Ninja; `make help` lists it.
BUILD ?= build/release
.PHONY: all help model test clean

all: $(BUILD)/build.ninja
	@ninja -C $(BUILD)

$(BUILD)/build.ninja: CMakeLists.txt
	@cmake -S . -B $(BUILD) -G Ninja -DCMAKE_BUILD_TYPE=Release
