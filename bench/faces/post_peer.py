"""The chain of the 2019 post, rebuilt: dlib's HOG detector with one upsampling on pictures of width
800, 68 landmarks, imutils' FaceAligner to 100 px, two small Keras networks.

    post_peer.py GENDER_HDF5 PICTURE...

GENDER_HDF5 is the post's own gender_mini_XCEPTION; its other network (48 x 48 in colour) is not to be
had, one of about its size with random weights takes its time instead. Prints one line of JSON.
"""

import importlib.util
import sys
from pathlib import Path

import cv2
import dlib
import imutils
import keras
import numpy
import tensorflow
from imutils.face_utils import FaceAligner
from keras import layers

from timing import report

# imutils hands over numpy's integers, which OpenCV takes no more.
rotation_matrix = cv2.getRotationMatrix2D
cv2.getRotationMatrix2D = lambda centre, *rest: rotation_matrix([float(x) for x in centre], *rest)

models = Path(importlib.util.find_spec("face_recognition_models").origin).parent / "models"
detector = dlib.get_frontal_face_detector()
predictor = dlib.shape_predictor(str(models / "shape_predictor_68_face_landmarks.dat"))
aligner = FaceAligner(predictor, desiredFaceWidth=100)


def small_colour_network():
    stack = [keras.Input((48, 48, 3))]
    for filters, side in ((16, 7), (32, 5), (64, 3), (128, 3)):
        stack += [
            layers.Conv2D(filters, side, padding="same"),
            layers.BatchNormalization(),
            layers.Activation("relu"),
            layers.AveragePooling2D(2, padding="same"),
        ]
    stack += [layers.Conv2D(2, 3, padding="same"), layers.GlobalAveragePooling2D(), layers.Softmax()]
    return keras.Sequential(stack)


def compiled(network, side, channels):
    shape = tensorflow.TensorSpec([None, side, side, channels], tensorflow.float32)
    return tensorflow.function(lambda batch: network(batch, training=False), input_signature=[shape])


grey_gender = compiled(keras.models.load_model(sys.argv[1], compile=False), 64, 1)
colour_gender = compiled(small_colour_network(), 48, 3)


def chain(path):
    image = imutils.resize(cv2.imread(path), width=800)
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    boxes = [box for box in detector(grey, 1) if box.width() >= 70]
    crops = [aligner.align(image, grey, box) for box in boxes]
    if crops:
        greys = [cv2.resize(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), (64, 64)) for crop in crops]
        colours = [cv2.resize(cv2.cvtColor(crop, cv2.COLOR_BGR2RGB), (48, 48)) for crop in crops]
        grey_gender(numpy.array(greys, numpy.float32)[..., None] / 127.5 - 1)
        colour_gender(numpy.array(colours, numpy.float32) / 127.5 - 1).numpy()
    return len(crops)


report(chain, sys.argv[2:])
