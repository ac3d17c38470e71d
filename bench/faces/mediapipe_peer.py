"""MediaPipe's face mesh (its detector and its mesh, no gender model) and the same alignment.

    mediapipe_peer.py PICTURE...

Prints one line of JSON.
"""

import sys

import cv2
import mediapipe
import numpy

from timing import report

EYES = ([33, 160, 158, 133, 153, 144], [362, 385, 387, 263, 373, 380])
mesh = mediapipe.solutions.face_mesh.FaceMesh(
    static_image_mode=True, max_num_faces=20, min_detection_confidence=0.3
)


def chain(path):
    image = cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB)
    height, width = image.shape[:2]
    faces = mesh.process(image).multi_face_landmarks or []
    for face in faces:
        points = numpy.array([(point.x * width, point.y * height) for point in face.landmark])
        left, right = (points[eye].mean(0) for eye in EYES)
        across = right - left
        angle = numpy.degrees(numpy.arctan2(across[1], across[0]))
        middle = (left + right) / 2
        matrix = cv2.getRotationMatrix2D(tuple(middle), angle, 30 / numpy.hypot(*across))
        matrix[:, 2] += (50, 35) - middle
        cv2.warpAffine(image, matrix, (100, 100), flags=cv2.INTER_CUBIC)
    return len(faces)


report(chain, sys.argv[1:])
